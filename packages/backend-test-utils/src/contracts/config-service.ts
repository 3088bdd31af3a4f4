import { describe, expect, it } from '@jest/globals';
import type { ConfigService } from '@bulkhead/backend-plugin-api';
import type { JsonObject, MaybePromise } from '@bulkhead/types';
import { subjectPerTest, type ContractSubject } from './subject.ts';

/** The configuration of one plugin, and the means to change it. */
export interface ConfigServiceSubject extends ContractSubject<ConfigService> {
  /** Replaces the plugin's section; `undefined` removes it. Settles when the subscribers have been told. */
  update(section: JsonObject | undefined): MaybePromise<void>;
}

/** Contract of {@link ConfigService}; `create` makes one for the plugin `todo`, with a section or without. */
export function describeConfigService(
  name: string,
  create: (section: JsonObject | undefined) => MaybePromise<ConfigServiceSubject>,
): void {
  describe(`${name} as a ConfigService`, () => {
    describe('of a plugin with a section', () => {
      const subject = subjectPerTest(() => create({ pageSize: 5, mail: { from: 'a@example.com' } }));

      it('reads the section by keys relative to it', () => {
        expect(subject().service.getNumber('pageSize')).toBe(5);
        expect(subject().service.getString('mail.from')).toBe('a@example.com');
        expect(subject().service.keys()).toEqual(['pageSize', 'mail']);
      });

      it('names a missing key in full', () => {
        expect(() => subject().service.getString('mail.to')).toThrow(
          expect.objectContaining({ code: 'ERR_CONFIG_MISSING', message: expect.stringContaining('todo.mail.to') }),
        );
      });

      it('follows a change of the section and tells subscribers', async () => {
        const { service, update } = subject();
        let told = 0;
        service.subscribe?.(() => void told++);
        await update({ pageSize: 6 });
        expect(service.getNumber('pageSize')).toBe(6);
        expect(told).toBe(1);
      });
    });

    describe('of a plugin without a section', () => {
      const subject = subjectPerTest(() => create(undefined));

      it('reads an empty section', () => {
        expect(subject().service.keys()).toEqual([]);
        expect(subject().service.getOptionalString('mail.from')).toBeUndefined();
        expect(subject().service.has('pageSize')).toBe(false);
      });

      it('names a missing key in full', () => {
        expect(() => subject().service.getNumber('pageSize')).toThrow(
          expect.objectContaining({ code: 'ERR_CONFIG_MISSING', message: expect.stringContaining('todo.pageSize') }),
        );
      });

      it('sees a section that appears later', async () => {
        const { service, update } = subject();
        await update({ pageSize: 7 });
        expect(service.getNumber('pageSize')).toBe(7);
      });
    });
  });
}
