export { userInfoServiceFactory } from './user-info-service-factory.ts';
export { DefaultUserInfoService, type UserInfoSource } from './default-user-info-service.ts';
