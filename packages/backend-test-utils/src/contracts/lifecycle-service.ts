import { describe, expect, it } from '@jest/globals';
import type { LifecycleService } from '@bulkhead/backend-plugin-api';
import { subjectPerTest, type ContractSubject, type CreateSubject } from './subject.ts';

/** A lifecycle that the suite moves. */
export interface LifecycleServiceSubject extends ContractSubject<LifecycleService> {
  /** Does what the host does after init; settles when the startup hooks have ended, and may reject with a failure. */
  startup(): Promise<unknown>;
  /** Does what the host does to stop; settles when all hooks have ended, and may reject with a failure. */
  shutdown(): Promise<unknown>;
}

/** Contract of {@link LifecycleService}. */
export function describeLifecycleService(name: string, create: CreateSubject<LifecycleServiceSubject>): void {
  describe(`${name} as a LifecycleService`, () => {
    const subject = subjectPerTest(create);

    it('runs startup hooks when the plugin has started, and waits for them', async () => {
      const { service, startup } = subject();
      const ran: string[] = [];
      service.addStartupHook(() => void ran.push('plain'));
      service.addStartupHook(async () => {
        await nextTurn();
        ran.push('async');
      });
      expect(ran).toEqual([]);
      await startup();
      expect(ran).toEqual(['plain', 'async']);
    });

    it('runs the other startup hooks when one fails', async () => {
      const { service, startup } = subject();
      let ran = 0;
      service.addStartupHook(() => {
        throw new RangeError('thrown');
      });
      service.addStartupHook(() => Promise.reject(new RangeError('rejected')));
      service.addStartupHook(() => void ran++);
      await startup().catch(() => {});
      expect(ran).toBe(1);
    });

    it('refuses startup hooks after the plugin has started', async () => {
      const { service, startup } = subject();
      await startup();
      expect(() => service.addStartupHook(() => {})).toThrow(
        expect.objectContaining({ code: 'ERR_RUNTIME_LIFECYCLE_OVER' }),
      );
    });

    it('runs shutdown hooks in reverse order, one after another', async () => {
      const { service, startup, shutdown } = subject();
      const ran: string[] = [];
      service.addShutdownHook(() => void ran.push('first'));
      await startup();
      service.addShutdownHook(async () => {
        ran.push('second begins');
        await nextTurn();
        ran.push('second ends');
      });
      await shutdown();
      expect(ran).toEqual(['second begins', 'second ends', 'first']);
    });

    it('runs the other shutdown hooks when one fails', async () => {
      const { service, startup, shutdown } = subject();
      let ran = 0;
      service.addShutdownHook(() => void ran++);
      service.addShutdownHook(() => Promise.reject(new RangeError('rejected')));
      service.addShutdownHook(() => {
        throw new RangeError('thrown');
      });
      await startup();
      await shutdown().catch(() => {});
      expect(ran).toBe(1);
    });
  });
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
