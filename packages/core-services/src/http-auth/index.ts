export { httpAuthServiceFactory } from './http-auth-service-factory.ts';
export { DefaultHttpAuthService } from './default-http-auth-service.ts';
