import type { JsonObject } from '@bulkhead/types';
import type { Request } from 'express';

/** How much an event matters. */
export type AuditSeverity = 'low' | 'medium' | 'high' | 'critical';

/** Something that is about to be done and must be traceable. */
export interface AuditEventOptions {
  /** Kebab-case, for example `todo-delete`. */
  readonly eventId: string;
  /** Defaults to `low`. */
  readonly severityLevel?: AuditSeverity;
  /** The request that caused it: gives actor, address and user agent. */
  readonly request?: Request;
  readonly meta?: JsonObject;
}

/** An event under way; exactly one of its methods is called in the end. */
export interface AuditEvent {
  success(options?: { readonly meta?: JsonObject }): Promise<void>;
  fail(options: { readonly error: Error; readonly meta?: JsonObject }): Promise<void>;
}

/** Records who did what. */
export interface AuditorService {
  createEvent(options: AuditEventOptions): Promise<AuditEvent>;
}
