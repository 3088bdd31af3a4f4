import { describe, expect, it } from '@jest/globals';
import { mockServices } from '../index.ts';

describe('mockServices.auditor', () => {
  it('keeps events with their outcome', async () => {
    const auditor = mockServices.auditor();
    const error = new RangeError('no');
    const deletion = await auditor.createEvent({ eventId: 'todo-delete', severityLevel: 'high', meta: { id: 1 } });
    const reading = await auditor.createEvent({ eventId: 'todo-read' });
    expect(auditor.events.map(({ status }) => status)).toEqual(['initiated', 'initiated']);
    await reading.success({ meta: { count: 2 } });
    await deletion.fail({ error });
    expect(auditor.events).toEqual([
      { eventId: 'todo-delete', severityLevel: 'high', meta: { id: 1 }, status: 'failed', error },
      { eventId: 'todo-read', severityLevel: 'low', meta: { count: 2 }, status: 'succeeded' },
    ]);
  });
});
