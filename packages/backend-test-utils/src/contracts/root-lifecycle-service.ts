import { describe, expect, it } from '@jest/globals';
import type { RootLifecycleService } from '@bulkhead/backend-plugin-api';
import { describeLifecycleService, type LifecycleServiceSubject } from './lifecycle-service.ts';
import { subjectPerTest, type CreateSubject } from './subject.ts';

/** A root lifecycle that the suite moves; its `shutdown` goes through all phases. */
export interface RootLifecycleServiceSubject extends LifecycleServiceSubject {
  readonly service: RootLifecycleService;
}

/** Contract of {@link RootLifecycleService}, which includes that of a plugin's lifecycle. */
export function describeRootLifecycleService(name: string, create: CreateSubject<RootLifecycleServiceSubject>): void {
  describeLifecycleService(name, create);

  describe(`${name} as a RootLifecycleService`, () => {
    const subject = subjectPerTest(create);

    it('runs before-shutdown hooks, then drain hooks, then shutdown hooks', async () => {
      const { service, startup, shutdown } = subject();
      const ran: string[] = [];
      service.addShutdownHook(() => void ran.push('shutdown'));
      service.addDrainHook(async () => {
        await Promise.resolve();
        ran.push('drain');
      });
      service.addBeforeShutdownHook(async () => {
        await Promise.resolve();
        ran.push('before shutdown');
      });
      await startup();
      expect(ran).toEqual([]);
      await shutdown();
      expect(ran).toEqual(['before shutdown', 'drain', 'shutdown']);
    });

    it('goes on when before-shutdown and drain hooks fail', async () => {
      const { service, startup, shutdown } = subject();
      const ran: string[] = [];
      service.addBeforeShutdownHook(() => Promise.reject(new RangeError('before')));
      service.addDrainHook(() => Promise.reject(new RangeError('drain')));
      service.addBeforeShutdownHook(() => void ran.push('before'));
      service.addDrainHook(() => void ran.push('drain'));
      service.addShutdownHook(() => void ran.push('shutdown'));
      await startup();
      await shutdown().catch(() => {});
      expect(ran).toEqual(['before', 'drain', 'shutdown']);
    });
  });
}
