import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { AuthService } from '@bulkhead/backend-plugin-api';
import { subjectPerTest, type ContractSubject, type CreateSubject } from './subject.ts';

/** The service of the plugin `todo`, and tokens that it accepts. */
export interface AuthServiceSubject extends ContractSubject<AuthService> {
  readonly tokens: {
    /** Of the service `external:ci`. */
    readonly service: string;
    /** Of the user `user:default/ada`. */
    readonly user: string;
    /** Of the same user; permits little. */
    readonly limitedUser: string;
  };
}

/** Contract of {@link AuthService}. */
export function describeAuthService(name: string, create: CreateSubject<AuthServiceSubject>): void {
  describe(`${name} as an AuthService`, () => {
    const subject = subjectPerTest(create);

    it('knows services and users by their tokens', async () => {
      const { service, tokens } = subject();
      expect((await service.authenticate(tokens.service)).principal).toEqual({
        type: 'service',
        subject: 'external:ci',
      });
      expect((await service.authenticate(tokens.user)).principal).toEqual({
        type: 'user',
        userEntityRef: 'user:default/ada',
      });
    });

    it('refuses tokens that it does not know', async () => {
      await expect(subject().service.authenticate('unknown')).rejects.toMatchObject({
        name: 'AuthenticationError',
        statusCode: 401,
      });
    });

    it('accepts tokens that permit little only where little is asked for', async () => {
      const { service, tokens } = subject();
      await expect(service.authenticate(tokens.limitedUser)).rejects.toMatchObject({ name: 'AuthenticationError' });
      const limited = await service.authenticate(tokens.limitedUser, { allowLimitedAccess: true });
      expect(limited.principal).toMatchObject({ type: 'user', userEntityRef: 'user:default/ada' });
    });

    it('gives credentials that do not show their token', async () => {
      const { service, tokens } = subject();
      const credentials = await service.authenticate(tokens.user);
      expect(credentials).toMatchObject({ $$type: '@backstage/BackstageCredentials', version: 'v1' });
      expect(JSON.stringify(credentials)).not.toContain(tokens.user);
      expect(inspect(credentials)).not.toContain(tokens.user);
    });

    it('tells kinds of principals apart', async () => {
      const { service, tokens } = subject();
      const kinds = ['user', 'service', 'none', 'unknown'] as const;
      const all = [
        await service.authenticate(tokens.user),
        await service.authenticate(tokens.service),
        await service.getNoneCredentials(),
      ];
      expect(all.map((credentials) => kinds.filter((kind) => service.isPrincipal(credentials, kind)))).toEqual([
        ['user', 'unknown'],
        ['service', 'unknown'],
        ['none', 'unknown'],
      ]);
    });

    it('has credentials of the plugin itself', async () => {
      expect((await subject().service.getOwnServiceCredentials()).principal).toEqual({
        type: 'service',
        subject: 'plugin:todo',
      });
    });
  });
}
