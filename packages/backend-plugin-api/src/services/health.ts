import type { JsonValue } from '@bulkhead/types';

/** The answer to a health question, ready to be sent. */
export interface HealthAnswer {
  /** HTTP status. */
  readonly status: number;
  readonly payload?: JsonValue;
}

/** Answers the questions of whoever supervises the process. */
export interface RootHealthService {
  /** Whether the process is alive: 200 for as long as it can answer. */
  getLiveness(): Promise<HealthAnswer>;
  /** Whether it should be sent requests: 503 before it is ready, while an indicator is down, and once it drains. */
  getReadiness(): Promise<HealthAnswer>;
}

/** Something that the readiness of the process depends on, such as the database. */
export interface HealthIndicator {
  /** Names the indicator in the readiness payload. */
  readonly id: string;
  /** The present state, known without asking anybody: called for each readiness request. */
  check(): { readonly healthy: boolean; readonly reason?: string };
}
