import type { AuditEvent, AuditEventOptions, AuditorService, AuditSeverity } from '@bulkhead/backend-plugin-api';
import type { JsonObject } from '@bulkhead/types';
import { recordCalls, type Recorded } from '../recorded-calls.ts';

/** An event that the auditor was told about, with how it stands. */
export interface RecordedAuditEvent {
  readonly eventId: string;
  readonly severityLevel: AuditSeverity;
  /** What was given when the event began and when it ended. */
  readonly meta: JsonObject;
  readonly status: 'initiated' | 'succeeded' | 'failed';
  /** Why it failed. */
  readonly error?: Error;
}

/** An auditor that keeps its events to be looked at. */
export type MockAuditor = Recorded<
  AuditorService,
  {
    /** The events so far, in the order in which they began. */
    readonly events: readonly RecordedAuditEvent[];
  }
>;

/** @internal */
export function createMockAuditor(): MockAuditor {
  const events: RecordedAuditEvent[] = [];
  return recordCalls<AuditorService, Pick<MockAuditor, 'events'>>(
    {
      async createEvent({ eventId, severityLevel = 'low', meta = {} }: AuditEventOptions): Promise<AuditEvent> {
        const index = events.push({ eventId, severityLevel, meta, status: 'initiated' }) - 1;
        const end = (status: 'succeeded' | 'failed', more: JsonObject = {}, error?: Error): void => {
          const event = { eventId, severityLevel, meta: { ...meta, ...more }, status };
          events[index] = error ? { ...event, error } : event;
        };
        return {
          success: async (options) => end('succeeded', options?.meta),
          fail: async (options) => end('failed', options.meta, options.error),
        };
      },
    },
    { events },
  );
}
