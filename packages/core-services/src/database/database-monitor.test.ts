import { afterEach, describe, expect, it } from '@jest/globals';
import { mockServices, type MockLogger } from '@bulkhead/backend-test-utils';
import { DatabaseMonitor, type DatabaseStatus } from './database-monitor.ts';
import { noAnswer } from './errors.ts';

const refused = Object.assign(new TypeError('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

/** A monitor of a server that does as it is told. */
class Ward {
  answer: Error | undefined;
  probes = 0;
  silences = 0;
  readonly changes: DatabaseStatus[] = [];
  readonly logger: MockLogger = mockServices.rootLogger();
  readonly monitor: DatabaseMonitor;
  #waiting: { readonly count: number; readonly resolve: () => void } | undefined;

  constructor(interval = 1) {
    this.monitor = new DatabaseMonitor({
      probe: () => this.#probe(),
      onSilence: () => (this.silences += 1),
      logger: this.logger,
      interval,
      retry: { first: 1, last: 4 },
    });
    this.monitor.onChange((status) => this.changes.push(status));
    this.monitor.start();
  }

  /** Resolves when so many more probes have been answered. */
  async answered(count: number): Promise<void> {
    await new Promise<void>((resolve) => (this.#waiting = { count: this.probes + count, resolve }));
    await new Promise((resolve) => setImmediate(resolve));
  }

  async #probe(): Promise<void> {
    this.probes += 1;
    if (this.#waiting && this.probes >= this.#waiting.count) {
      this.#waiting.resolve();
    }
    if (this.answer) {
      throw this.answer;
    }
  }
}

describe('DatabaseMonitor', () => {
  let ward: Ward;
  afterEach(() => ward.monitor.stop());

  it('notices by itself that the server goes, and that it comes back', async () => {
    ward = new Ward();
    await ward.answered(2);
    expect(ward.monitor.status).toEqual({ healthy: true });
    ward.answer = refused;
    await ward.answered(3);
    expect(ward.monitor.status).toEqual({ healthy: false, reason: 'connect ECONNREFUSED' });
    ward.answer = undefined;
    await ward.answered(1);
    expect(ward.changes).toEqual([{ healthy: false, reason: 'connect ECONNREFUSED' }, { healthy: true }]);
    expect(ward.logger.messages()).toEqual([
      'The database is not available: connect ECONNREFUSED. Trying to reconnect.',
      'The database is available again.',
    ]);
    expect(ward.silences).toBe(0);
  });

  it('asks at once when a connection is lost', async () => {
    ward = new Ward(3_600_000);
    ward.answer = refused;
    ward.monitor.noteLost();
    await ward.answered(1);
    expect(ward.monitor.status.healthy).toBe(false);
  });

  it('refuses attempts while the server is away', () => {
    ward = new Ward(3_600_000);
    expect(ward.monitor.refusal).toBeUndefined();
    ward.monitor.noteFailure(refused);
    expect(ward.monitor.refusal).toBe('connect ECONNREFUSED');
    ward.monitor.noteSuccess();
    expect(ward.monitor.refusal).toBeUndefined();
  });

  it('tells of another reason', () => {
    ward = new Ward(3_600_000);
    ward.monitor.noteFailure(refused);
    expect(noAnswer()).toMatchObject({ code: 'ERR_DATABASE_NO_ANSWER' });
    ward.monitor.noteFailure(noAnswer());
    expect(ward.monitor.status).toEqual({ healthy: false, reason: 'no answer in time' });
  });

  it('ignores what says nothing about the server', () => {
    ward = new Ward(3_600_000);
    ward.monitor.noteFailure(Object.assign(new TypeError('no such table'), { code: '42P01' }));
    ward.monitor.noteFailure(Object.assign(new TypeError('too many clients'), { code: '53300' }));
    expect(ward.monitor.status.healthy).toBe(true);
  });

  it('ends what still waits for a server that has been silent for long', async () => {
    ward = new Ward();
    ward.answer = noAnswer();
    await ward.answered(6);
    expect(ward.silences).toBe(1);
  });

  it('does nothing once it is stopped', async () => {
    ward = new Ward();
    await ward.answered(1);
    ward.monitor.stop();
    const { probes } = ward;
    ward.monitor.noteLost();
    ward.monitor.noteFailure(refused);
    expect([ward.probes, ward.monitor.status]).toEqual([probes, { healthy: true }]);
  });
});
