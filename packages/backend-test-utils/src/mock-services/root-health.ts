import type { HealthAnswer, HealthIndicator, RootHealthService } from '@bulkhead/backend-plugin-api';
import { recordCalls, type Recorded } from '../recorded-calls.ts';

/** How a mock feels. */
export interface MockRootHealthOptions {
  /** Defaults to 200. */
  readonly liveness?: HealthAnswer;
  /** Defaults to 200. */
  readonly readiness?: HealthAnswer;
}

/** A {@link RootHealthService} that answers what it is told. */
export type MockRootHealth = Recorded<
  RootHealthService,
  {
    setLiveness(answer: HealthAnswer): void;
    setReadiness(answer: HealthAnswer): void;
  }
>;

/** @internal */
export function createMockRootHealth(options: MockRootHealthOptions): MockRootHealth {
  const healthy: HealthAnswer = { status: 200, payload: { status: 'ok' } };
  let { liveness = healthy, readiness = healthy } = options;
  return recordCalls<RootHealthService, Pick<MockRootHealth, 'setLiveness' | 'setReadiness'>>(
    { getLiveness: async () => liveness, getReadiness: async () => readiness },
    {
      setLiveness: (answer) => void (liveness = answer),
      setReadiness: (answer) => void (readiness = answer),
    },
  );
}

/** What a mock health indicator says. */
export interface MockHealthIndicatorOptions {
  /** Defaults to `test`. */
  readonly id?: string;
  /** Defaults to true. */
  readonly healthy?: boolean;
}

/** A {@link HealthIndicator} that says what it is told. */
export type MockHealthIndicator = Recorded<HealthIndicator, { set(healthy: boolean, reason?: string): void }>;

/** @internal */
export function createMockHealthIndicator({
  id = 'test',
  healthy = true,
}: MockHealthIndicatorOptions): MockHealthIndicator {
  let state: ReturnType<HealthIndicator['check']> = { healthy };
  return recordCalls<HealthIndicator, Pick<MockHealthIndicator, 'set'>>(
    { id, check: () => state },
    { set: (next, reason) => void (state = { healthy: next, ...(reason !== undefined && { reason }) }) },
  );
}
