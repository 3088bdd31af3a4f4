import assert from 'node:assert/strict';
import type { Story } from '../src/case.ts';
import { eventually } from '../src/http.ts';
import { openSignals } from '../src/signals.ts';

/** What reaches users without their asking. */
export const notificationStories: readonly Story[] = [
  {
    title: 'a notification reaches the guest who signed in, in the list and at once over a WebSocket',
    async tell(host) {
      const guest = { type: 'entity', entityRef: 'user:development/guest' };
      const payload = { title: 'The build is done', severity: 'normal' };
      using signals = await openSignals(host, 'notifications');
      await eventually(async () => {
        (await host.ask('/api/notifications', { body: { recipients: guest, payload } })).expect(200, [{ payload }]);
      });
      await eventually(async () => {
        assert.ok(
          signals.received.some((message) => message.includes('new_notification')),
          `the WebSocket brought only ${signals.received.join(' ') || 'nothing'}`,
        );
      });
      const list = (await host.ask('/api/notifications', { as: 'user' })).expect(200);
      const { notifications } = list as { notifications: { id: string; payload: { title: string }; user?: string }[] };
      const mine = notifications.find((each) => each.payload.title === payload.title);
      assert.equal(mine?.user, 'user:development/guest');
      const update = { ids: [mine.id], read: true };
      (await host.ask('/api/notifications/update', { as: 'user', body: update })).expect(200);
      (await host.ask('/api/notifications/status', { as: 'user' })).expect(200, { read: 1 });
    },
  },
  {
    title: 'signals refuse who brings no token',
    async tell(host) {
      await assert.rejects(openSignals(host, 'notifications', { token: 'none' }));
    },
  },
];
