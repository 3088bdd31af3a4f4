import { describe, expect, it } from '@jest/globals';
import type { RootHostService } from '@bulkhead/backend-plugin-api';
import { subjectPerTest, type ContractSubject, type CreateSubject } from './subject.ts';

/** Contract of {@link RootHostService}; the subject is a host that is ready, with the plugins `todo` and `notes`. */
export function describeRootHostService(name: string, create: CreateSubject<ContractSubject<RootHostService>>): void {
  describe(`${name} as a RootHostService`, () => {
    const subject = subjectPerTest(create);

    it('knows its phase and its plugins', () => {
      const { service } = subject();
      expect(service.getPhase()).toBe('ready');
      expect(service.getPlugins().map(({ pluginId }) => pluginId)).toEqual(['todo', 'notes']);
      expect(service.getPlugin('notes')).toMatchObject({
        pluginId: 'notes',
        phase: 'ready',
        faults: [],
        faultCount: 0,
      });
      expect(service.getPlugin('unknown')).toBeUndefined();
    });

    it('records faults per plugin', () => {
      const { service } = subject();
      const error = new RangeError('boom');
      service.reportFault('todo', error);
      expect(service.getPlugin('todo')).toMatchObject({ phase: 'ready', faults: [{ error }], faultCount: 1 });
      expect(service.getPlugin('todo')?.faults[0]?.at).toBeInstanceOf(Date);
      expect(service.getPlugin('notes')).toMatchObject({ faults: [], faultCount: 0 });
    });

    it('keeps the latest ten faults and counts all', () => {
      const { service } = subject();
      for (let number = 1; number <= 12; number++) service.reportFault('todo', new RangeError(`${number}`));
      const { faults = [], faultCount } = service.getPlugin('todo') ?? {};
      expect(faultCount).toBe(12);
      expect(faults.map(({ error }) => error.message)).toEqual(
        Array.from({ length: 10 }, (_, index) => `${index + 3}`),
      );
    });

    it('makes an error of a fault that is none', () => {
      const { service } = subject();
      service.reportFault('todo', 'just text');
      const error = service.getPlugin('todo')?.faults[0]?.error;
      expect(error).toBeInstanceOf(Error);
      expect(error?.message).toContain('just text');
    });

    it('takes a fault of an unknown plugin without failing', () => {
      const { service } = subject();
      expect(() => service.reportFault('unknown', new RangeError('boom'))).not.toThrow();
    });

    it('tells listeners which plugin changed, until they leave', () => {
      const { service } = subject();
      const changed: (string | undefined)[] = [];
      const leave = service.onChange((pluginId) => changed.push(pluginId));
      service.reportFault('todo', new RangeError('boom'));
      leave();
      leave();
      service.reportFault('notes', new RangeError('boom'));
      expect(changed).toEqual(['todo']);
    });
  });
}
