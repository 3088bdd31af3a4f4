import { describe, expect, it } from '@jest/globals';
import type { DiscoveryService } from '@bulkhead/backend-plugin-api';
import type { MaybePromise } from '@bulkhead/types';
import { subjectPerTest, type ContractSubject } from './subject.ts';

/** Where the plugins of a deployment are. URLs have no trailing slash. */
export interface DiscoveryDeployment {
  /** The host as processes see it. */
  readonly internalUrl: string;
  /** The host as users see it. */
  readonly externalUrl: string;
  /** Base URLs of plugins that are somewhere else, the same for processes and users. */
  readonly elsewhere: Readonly<Record<string, string>>;
}

/** Contract of {@link DiscoveryService}; `create` makes a deployment as it is told. */
export function describeDiscoveryService(
  name: string,
  create: (deployment: DiscoveryDeployment) => MaybePromise<ContractSubject<DiscoveryService>>,
): void {
  describe(`${name} as a DiscoveryService`, () => {
    const subject = subjectPerTest(() =>
      create({
        internalUrl: 'http://127.0.0.1:7007',
        externalUrl: 'https://host.example.com',
        elsewhere: { digest: 'https://digest.example.com/api/digest' },
      }),
    );

    it('finds plugins in the host', async () => {
      const { service } = subject();
      expect(await service.getBaseUrl('todo')).toBe('http://127.0.0.1:7007/api/todo');
      expect(await service.getExternalBaseUrl('todo')).toBe('https://host.example.com/api/todo');
    });

    it('finds plugins elsewhere', async () => {
      const { service } = subject();
      expect(await service.getBaseUrl('digest')).toBe('https://digest.example.com/api/digest');
      expect(await service.getExternalBaseUrl('digest')).toBe('https://digest.example.com/api/digest');
    });

    it('lets no id lead out of its place', async () => {
      expect(await subject().service.getBaseUrl('../admin?x')).toBe('http://127.0.0.1:7007/api/..%2Fadmin%3Fx');
    });
  });
}
