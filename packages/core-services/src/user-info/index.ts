export { userInfoServiceFactory } from './user-info-service-factory.ts';
export { DefaultUserInfoService } from './default-user-info-service.ts';
