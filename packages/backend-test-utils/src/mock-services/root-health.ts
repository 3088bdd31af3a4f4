import type { HealthIndicator, HostPhase, RootHealthService } from '@bulkhead/backend-plugin-api';
import { DefaultRootHealthService } from '@bulkhead/core-services/root-health';
import { recordCalls, type Recorded } from '../recorded-calls.ts';
import { createMockRootHost } from './root-host.ts';

/** Where the host of a mock stands. */
export interface MockRootHealthOptions {
  /** Defaults to `ready`. */
  readonly phase?: HostPhase;
}

/** The real {@link RootHealthService} of a host that stands where the test puts it. */
export type MockRootHealth = Recorded<
  RootHealthService,
  {
    /** Moves the host. */
    setPhase(phase: HostPhase): void;
    /** Something that the readiness depends on; healthy until it is told otherwise. */
    readonly indicator: MockHealthIndicator;
  }
>;

/** @internal */
export function createMockRootHealth({ phase }: MockRootHealthOptions): MockRootHealth {
  const host = createMockRootHost({ phase });
  const indicator = createMockHealthIndicator({ id: 'test-indicator' });
  return recordCalls<RootHealthService, Pick<MockRootHealth, 'setPhase' | 'indicator'>>(
    new DefaultRootHealthService(host, [indicator]),
    { setPhase: (next) => host.setPhase(next), indicator },
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
export type MockHealthIndicator = Recorded<
  HealthIndicator,
  {
    /** Sets the answer from now on; a function decides anew each time. */
    set(answer: boolean | HealthIndicator['check'], reason?: string): void;
  }
>;

/** @internal */
export function createMockHealthIndicator(options: MockHealthIndicatorOptions): MockHealthIndicator {
  const { id = 'test', healthy = true } = options;
  let check: HealthIndicator['check'] = () => ({ healthy });
  return recordCalls<HealthIndicator, Pick<MockHealthIndicator, 'set'>>(
    { id, check: () => check() },
    {
      set: (answer, reason) => {
        const state = { healthy: answer === true, ...(reason !== undefined && { reason }) };
        check = typeof answer === 'function' ? answer : () => state;
      },
    },
  );
}
