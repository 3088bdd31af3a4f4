import { describe, expect, it } from '@jest/globals';
import type { RootConfigService } from '@bulkhead/backend-plugin-api';
import type { JsonObject, MaybePromise } from '@bulkhead/types';
import { subjectPerTest, type ContractSubject } from './subject.ts';

/** A configuration, and the means to change it. */
export interface RootConfigServiceSubject extends ContractSubject<RootConfigService> {
  /** Does what an edited file does; settles when the subscribers have been told. */
  update(data: JsonObject): MaybePromise<void>;
}

const DATA: JsonObject = {
  backend: { listen: { port: '7007', host: '127.0.0.1' }, cors: 'yes', retries: 3, empty: '', nothing: null },
  users: [{ name: 'ada' }, { name: 'bob' }],
  tags: ['a', 'b'],
};

/** Contract of {@link RootConfigService}; `create` makes one over the given tree. */
export function describeRootConfigService(
  name: string,
  create: (data: JsonObject) => MaybePromise<RootConfigServiceSubject>,
): void {
  describe(`${name} as a RootConfigService`, () => {
    const subject = subjectPerTest(() => create(DATA));
    const config = (): RootConfigService => subject().service;

    it('reads values by path, lenient about how numbers and booleans are written', () => {
      expect(config().getString('backend.listen.host')).toBe('127.0.0.1');
      expect(config().getNumber('backend.listen.port')).toBe(7007);
      expect(config().getNumber('backend.retries')).toBe(3);
      expect(config().getBoolean('backend.cors')).toBe(true);
      expect(config().getStringArray('tags')).toEqual(['a', 'b']);
    });

    it('gives sections and lists of sections', () => {
      expect(config().getConfig('backend').getConfig('listen').keys()).toEqual(['port', 'host']);
      expect(
        config()
          .getConfigArray('users')
          .map((user) => user.getString('name')),
      ).toEqual(['ada', 'bob']);
      expect(config().getOptionalConfig('nowhere')).toBeUndefined();
    });

    it('knows what is there; a null counts as missing', () => {
      expect(config().has('backend.listen')).toBe(true);
      expect(config().has('backend.nothing')).toBe(false);
      expect(config().getOptional('backend.nothing')).toBeUndefined();
      expect(config().getOptionalString('backend.nowhere')).toBeUndefined();
    });

    it('refuses what is missing, of another type, or no key', () => {
      expect(() => config().getString('backend.nowhere')).toThrow(withCode('ERR_CONFIG_MISSING'));
      expect(() => config().getString('backend.empty')).toThrow(withCode('ERR_CONFIG_TYPE'));
      expect(() => config().getOptionalNumber('tags')).toThrow(withCode('ERR_CONFIG_TYPE'));
      expect(() => config().getString('no key')).toThrow(withCode('ERR_CONFIG_KEY'));
    });

    it('hands out copies', () => {
      const listen = config().get<{ host: string }>('backend.listen');
      listen.host = 'altered';
      expect(config().getString('backend.listen.host')).toBe('127.0.0.1');
    });

    it('tells those whose section has changed, and shows the change to all', async () => {
      const listen = config().getConfig('backend.listen');
      const told: string[] = [];
      config().subscribe?.(() => void told.push('root'));
      listen.subscribe?.(() => void told.push('listen'));
      await subject().update({ ...DATA, tags: ['c'] });
      expect(told).toEqual(['root']);
      await subject().update({ backend: { listen: { port: 1, host: 'elsewhere' } } });
      expect([...told].sort()).toEqual(['listen', 'root', 'root']);
      expect(listen.getString('host')).toBe('elsewhere');
      expect(config().has('tags')).toBe(false);
    });

    it('tells nobody after the subscription has ended, or when nothing has changed', async () => {
      let told = 0;
      const subscription = config().subscribe?.(() => void told++);
      await subject().update(DATA);
      expect(told).toBe(0);
      subscription?.unsubscribe();
      await subject().update({});
      expect(told).toBe(0);
    });
  });
}

function withCode(code: string): unknown {
  return expect.objectContaining({ code });
}
