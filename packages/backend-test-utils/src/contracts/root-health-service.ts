import { describe, expect, it } from '@jest/globals';
import type { RootHealthService } from '@bulkhead/backend-plugin-api';
import { subjectPerTest, type ContractSubject, type CreateSubject } from './subject.ts';

/** The health of a process that is ready. */
export interface RootHealthServiceSubject extends ContractSubject<RootHealthService> {
  /** Takes away what the process needs in order to be ready, or gives it back. */
  setReady(ready: boolean): void;
}

/** Contract of {@link RootHealthService}. */
export function describeRootHealthService(name: string, create: CreateSubject<RootHealthServiceSubject>): void {
  describe(`${name} as a RootHealthService`, () => {
    const subject = subjectPerTest(create);

    it('is ready when the process is', async () => {
      expect(await subject().service.getReadiness()).toMatchObject({ status: 200 });
    });

    it('is not ready for as long as the process is not', async () => {
      const { service, setReady } = subject();
      setReady(false);
      expect(await service.getReadiness()).toMatchObject({ status: 503 });
      setReady(true);
      expect(await service.getReadiness()).toMatchObject({ status: 200 });
    });

    it('is alive, ready or not', async () => {
      const { service, setReady } = subject();
      expect(await service.getLiveness()).toMatchObject({ status: 200 });
      setReady(false);
      expect(await service.getLiveness()).toMatchObject({ status: 200 });
    });
  });
}
