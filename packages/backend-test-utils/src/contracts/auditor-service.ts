import { describe, expect, it } from '@jest/globals';
import type { AuditorService, AuditSeverity } from '@bulkhead/backend-plugin-api';
import type { JsonObject } from '@bulkhead/types';
import { subjectPerTest, type ContractSubject, type CreateSubject } from './subject.ts';

/** An event as it stands. */
export interface AuditedEvent {
  readonly eventId: string;
  readonly severityLevel: AuditSeverity;
  readonly status: 'initiated' | 'succeeded' | 'failed';
  /** What was given when it began and when it ended. May have more. */
  readonly meta: JsonObject;
  /** Why it failed. */
  readonly error?: { readonly name: string; readonly message: string };
}

/** An auditor, and what it recorded. */
export interface AuditorServiceSubject extends ContractSubject<AuditorService> {
  /** The events so far, as they stand now, in the order in which they began. */
  events(): readonly AuditedEvent[];
}

/** Contract of {@link AuditorService}. */
export function describeAuditorService(name: string, create: CreateSubject<AuditorServiceSubject>): void {
  describe(`${name} as an AuditorService`, () => {
    const subject = subjectPerTest(create);

    it('records an event before it is done', async () => {
      const { service, events } = subject();
      await service.createEvent({ eventId: 'todo-delete', severityLevel: 'high', meta: { id: 5 } });
      expect(events()).toMatchObject([
        { eventId: 'todo-delete', severityLevel: 'high', status: 'initiated', meta: { id: 5 } },
      ]);
    });

    it('takes an event for a minor one unless told otherwise', async () => {
      const { service, events } = subject();
      await service.createEvent({ eventId: 'todo-read' });
      expect(events()).toMatchObject([{ severityLevel: 'low' }]);
    });

    it('records success, with what was given before and now', async () => {
      const { service, events } = subject();
      const event = await service.createEvent({ eventId: 'todo-delete', meta: { id: 5, rows: 0 } });
      await event.success({ meta: { rows: 1 } });
      expect(events()).toMatchObject([{ status: 'succeeded', meta: { id: 5, rows: 1 } }]);
    });

    it('records failure, and why', async () => {
      const { service, events } = subject();
      const event = await service.createEvent({ eventId: 'todo-delete' });
      await event.fail({ error: new TypeError('no'), meta: { id: 5 } });
      expect(events()).toMatchObject([
        { status: 'failed', meta: { id: 5 }, error: { name: 'TypeError', message: 'no' } },
      ]);
    });

    it('keeps events apart', async () => {
      const { service, events } = subject();
      const [first] = await Promise.all(['a', 'b'].map((eventId) => service.createEvent({ eventId })));
      await first!.success();
      expect(events().map(({ eventId, status }) => [eventId, status])).toEqual([
        ['a', 'succeeded'],
        ['b', 'initiated'],
      ]);
    });
  });
}
