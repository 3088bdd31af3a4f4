import { describe, expect, it } from '@jest/globals';
import type { Credentials, HttpAuthService } from '@bulkhead/backend-plugin-api';
import express from 'express';
import request from 'supertest';
import { subjectPerTest, type ContractSubject, type CreateSubject } from './subject.ts';

/** Request headers by name. */
type Headers = Readonly<Record<string, string>>;

/** A service, and headers by which it knows callers. */
export interface HttpAuthServiceSubject extends ContractSubject<HttpAuthService> {
  readonly headers: {
    readonly service: Headers;
    readonly user: Headers;
    /** A user who is known by cookie only. */
    readonly cookie: Headers;
  };
}

type Options = NonNullable<Parameters<HttpAuthService['credentials']>[1]>;

const ANYBODY: Options = { allow: ['user', 'service', 'none', 'unknown'] as never };

/** Contract of {@link HttpAuthService}. */
export function describeHttpAuthService(name: string, create: CreateSubject<HttpAuthServiceSubject>): void {
  describe(`${name} as an HttpAuthService`, () => {
    const subject = subjectPerTest(create);

    async function identify(headers: Headers, options?: Options): Promise<Credentials> {
      const app = express();
      const outcome = new Promise<Credentials>((resolve, reject) => {
        app.get('/', async (req, res) => {
          await subject().service.credentials(req, options).then(resolve, reject);
          res.end();
        });
      });
      const [credentials] = await Promise.all([outcome, request(app).get('/').set(headers)]);
      return credentials;
    }

    function allow(...kinds: readonly ('user' | 'service' | 'none')[]): Options {
      return { allow: kinds };
    }

    it('knows callers by the token that they bear', async () => {
      const { headers } = subject();
      expect((await identify(headers.user)).principal).toMatchObject({ type: 'user' });
      expect((await identify(headers.service)).principal).toMatchObject({ type: 'service' });
      expect((await identify({})).principal).toEqual({ type: 'none' });
      expect((await identify({}, ANYBODY)).principal).toEqual({ type: 'none' });
    });

    it('refuses nobody where somebody is demanded', async () => {
      await expect(identify({}, allow('user', 'service'))).rejects.toMatchObject({
        name: 'AuthenticationError',
        statusCode: 401,
      });
      expect((await identify({}, allow('none', 'user'))).principal).toEqual({ type: 'none' });
    });

    it('refuses the wrong kind of caller', async () => {
      const { headers } = subject();
      const wrong = { name: 'NotAllowedError', statusCode: 403 };
      await expect(identify(headers.service, allow('user'))).rejects.toMatchObject(wrong);
      await expect(identify(headers.user, allow('service'))).rejects.toMatchObject(wrong);
      expect((await identify(headers.user, allow('service', 'user'))).principal).toMatchObject({ type: 'user' });
    });

    it('refuses a token that is not valid, whoever is allowed', async () => {
      const headers = { Authorization: 'Bearer unknown' };
      await expect(identify(headers, ANYBODY)).rejects.toMatchObject({ name: 'AuthenticationError' });
    });

    it('knows a user by cookie only where that is enough', async () => {
      const { headers } = subject();
      await expect(identify(headers.cookie, allow('user'))).rejects.toMatchObject({ name: 'AuthenticationError' });
      const known = await identify(headers.cookie, { ...allow('user'), allowLimitedAccess: true });
      expect(known.principal).toMatchObject({ type: 'user' });
    });
  });
}
