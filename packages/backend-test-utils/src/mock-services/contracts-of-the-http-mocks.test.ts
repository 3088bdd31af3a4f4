import {
  describeAuthService,
  describeDiscoveryService,
  describeHttpAuthService,
  describeHttpRouterService,
  describeRootHealthService,
  describeRootHttpRouterService,
  describeUserInfoService,
} from '../contracts/index.ts';
import { mockCredentials, mockServices } from '../index.ts';

const ADA = 'user:default/ada';

describeAuthService('mockServices.auth', () => ({
  service: mockServices.auth({ pluginId: 'todo' }),
  tokens: {
    service: mockCredentials.service('external:ci').token,
    user: mockCredentials.user(ADA).token,
    limitedUser: mockCredentials.limitedUser(ADA).token,
  },
}));

describeHttpAuthService('mockServices.httpAuth', () => ({
  service: mockServices.httpAuth(),
  headers: {
    service: { Authorization: mockCredentials.service().header },
    user: { Authorization: mockCredentials.user().header },
    cookie: { Cookie: `backstage-auth=${mockCredentials.limitedUser().token}` },
  },
}));

describeUserInfoService('mockServices.userInfo', () => ({
  service: mockServices.userInfo({ ownership: { [ADA]: ['group:default/makers'] } }),
  user: mockCredentials.user(ADA),
  caller: mockCredentials.service(),
}));

// The mock has no server, hence no sockets to hand over.
describeHttpRouterService(
  'mockServices.httpRouter',
  () => {
    const service = mockServices.httpRouter({ pluginId: 'todo' });
    return { service, target: service.app, headers: { Authorization: mockCredentials.user().header } };
  },
  { upgrades: false },
);

describeRootHttpRouterService('mockServices.rootHttpRouter', () => {
  const service = mockServices.rootHttpRouter();
  return { service, target: service.app };
});

describeRootHealthService('mockServices.rootHealth', () => {
  const service = mockServices.rootHealth();
  return { service, setReady: (ready) => service.setPhase(ready ? 'ready' : 'draining') };
});

describeDiscoveryService('mockServices.discovery', ({ internalUrl, externalUrl, elsewhere }) => ({
  service: mockServices.discovery({ baseUrl: internalUrl, externalBaseUrl: externalUrl, endpoints: elsewhere }),
}));
