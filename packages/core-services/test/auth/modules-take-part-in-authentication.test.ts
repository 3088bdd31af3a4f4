import { describe, expect, it } from '@jest/globals';
import { createServiceFactory, createServiceRef } from '@bulkhead/backend-plugin-api';
import { formatError } from '@bulkhead/errors';
import type { JsonValue } from '@bulkhead/types';
import {
  createExternalTokenHandler,
  type ExternalTokenHandler,
  type PluginTokens,
  type PluginTokensDecorator,
} from '../../src/auth/index.ts';
import { startAuthHost, tokenOnBehalfOf, type AuthHost } from './auth-harness.ts';
import { createUserIssuer } from './user-issuer.ts';

// As foreign modules have them: refs of their own with the ids that everybody knows.
const handlersRef = createServiceRef<ExternalTokenHandler<unknown>>({
  id: 'core.auth.externalTokenHandlers',
  multiton: true,
});
const decoratorRef = createServiceRef<PluginTokensDecorator>({ id: 'core.auth.pluginTokenHandlerDecorator' });

const passwords = createExternalTokenHandler({
  type: 'password',
  initialize: ({ options }) => ({ password: options.getString('password'), subject: options.getString('as') }),
  async verifyToken(token, { password, subject }) {
    return token === password ? { subject } : undefined;
  },
});

function provide(handler: ExternalTokenHandler<unknown>) {
  return createServiceFactory({
    service: handlersRef,
    deps: {},
    factory: () => handler,
  });
}

function startWith(externalAccess: JsonValue, handlers: readonly ExternalTokenHandler<unknown>[]): Promise<AuthHost> {
  return startAuthHost(['todo', 'digest'], {
    config: { backend: { auth: { externalAccess } } },
    features: handlers.map(provide),
  });
}

function faultOf(starting: Promise<AuthHost>): Promise<string> {
  return starting.then(
    () => 'none',
    (error: unknown) => formatError(error),
  );
}

const entry = (password: string, more = {}) => ({ type: 'password', options: { password, as: password }, ...more });

describe('a type of external access that a module adds', () => {
  it('is asked for each entry of its type, after those of the host', async () => {
    const restricted = { accessRestrictions: [{ plugin: 'todo', permission: 'todo.read' }] };
    const host = await startWith([entry('one'), entry('two', restricted)], [passwords]);
    expect((await host.whoIs('todo', 'one')).body).toEqual({ type: 'service', subject: 'one' });
    expect((await host.whoIs('todo', 'two')).body).toEqual({
      type: 'service',
      subject: 'two',
      accessRestrictions: { permissionNames: ['todo.read'] },
    });
    expect((await host.whoIs('digest', 'two')).body.error).toMatchObject({ code: 'ERR_AUTH_ACCESS_RESTRICTED' });
    expect((await host.whoIs('digest', 'three')).status).toBe(401);
  });

  it('must be there for every entry, and once', async () => {
    const unknown = await faultOf(startWith([entry('one')], []));
    expect(unknown).toContain('ERR_AUTH_CONFIG');
    expect(unknown).toContain("[0].type must be one of 'static', 'legacy', 'jwks'");
    for (const type of ['password', 'static']) {
      const handlers = [passwords, { ...passwords, type }];
      expect(await faultOf(startWith([], handlers))).toContain('ERR_AUTH_DUPLICATE_HANDLER');
    }
  });
});

describe('a decorator of the tokens between plugins', () => {
  const calls: unknown[] = [];
  const decorate: PluginTokensDecorator = (original): PluginTokens => ({
    async verifyToken(token) {
      const verified = await original.verifyToken(token.replace(/^wrapped\./, ''));
      calls.push(['verify', verified?.subject]);
      return verified;
    },
    async issueToken(options) {
      const { token } = await original.issueToken(options);
      calls.push(['issue', options.pluginId, options.targetPluginId, options.onBehalfOf?.expiresAt]);
      return { token: `wrapped.${token}` };
    },
  });

  it('sees what is issued and verified, for a plugin and for a user', async () => {
    const issuer = await createUserIssuer();
    const decorator = createServiceFactory({ service: decoratorRef, deps: {}, factory: () => decorate });
    const host = await startAuthHost(['todo', 'digest'], { features: [issuer.feature, decorator] });
    const token = await host.tokenFor('todo', 'digest');
    expect(token).toMatch(/^wrapped\./);
    expect((await host.whoIs('todo', token)).body).toEqual({ type: 'service', subject: 'plugin:digest' });
    expect(calls).toEqual([
      ['issue', 'digest', 'todo', undefined],
      ['verify', 'plugin:digest'],
    ]);
    const { auth } = host.of('digest');
    const user = await auth.authenticate(await issuer.sign('user:default/ada'));
    const { body } = await host.whoIs('todo', await tokenOnBehalfOf(host.of('digest'), user, 'todo'));
    expect(body).toMatchObject({ userEntityRef: 'user:default/ada', actor: { subject: 'plugin:digest' } });
  });
});
