import { describeHttpRouterService, describeRootHttpRouterService } from '@bulkhead/backend-test-utils/contracts';
import { DefaultRootHttpRouterService } from '../../src/root-http-router/index.ts';
import { startTestHost, TOKEN } from './test-host.ts';

describeHttpRouterService(
  'DefaultHttpRouterService',
  async () => {
    const host = await startTestHost();
    return {
      service: host.addPlugin('todo'),
      target: host.url,
      headers: { Authorization: `Bearer ${TOKEN}` },
      dispose: () => host.stop(),
    };
  },
  { upgrades: true },
);

describeRootHttpRouterService('DefaultRootHttpRouterService', async () => {
  const host = await startTestHost();
  return {
    service: new DefaultRootHttpRouterService(host.server),
    target: host.url,
    dispose: () => host.stop(),
  };
});
