import assert from 'node:assert/strict';
import type { Case } from './case.ts';
import type { Host, Question } from './host.ts';
import { eventually } from './http.ts';

/** What a case has besides its package and its feature. */
export type Proof = Pick<Case, 'proof' | 'prove'>;

/** A route that answers with a status, and a body that has at least these parts. */
export function answers(path: string, status: number, options: Question & { readonly parts?: unknown } = {}): Proof {
  const { parts, ...question } = options;
  const method = question.method ?? (question.body === undefined ? 'GET' : 'POST');
  return {
    proof: `${method} ${path} → ${status}`,
    async prove(host) {
      (await host.ask(path, question)).expect(status, parts);
    },
  };
}

/** An action that templates of the scaffolder may use. */
export function offersAction(id: string): Proof {
  return {
    proof: `offers the action ${id}`,
    async prove(host) {
      const actions = (await host.ask('/api/scaffolder/v2/actions', { as: 'user' })).expect(200) as { id: string }[];
      assert.ok(
        actions.some((action) => action.id === id),
        `${id} is not among ${actions.map((action) => action.id).join(', ')}`,
      );
    },
  };
}

/** A sign-in that leads away to the provider. */
export function leadsTo(provider: string, location: RegExp): Proof {
  return {
    proof: `signing in leads to ${plain(location)}`,
    async prove(host) {
      const answer = await host.ask(`/api/auth/${provider}/start?env=development&scope=openid`, { as: 'nobody' });
      answer.expect(302);
      assert.match(answer.headers.get('location') ?? '', location);
    },
  };
}

/** A sign-in behind a proxy that is refused, since no proxy vouches for the caller. */
export function refuses(provider: string, message: RegExp): Proof {
  return {
    proof: 'refuses who does not come through the proxy',
    async prove(host) {
      const answer = await host.ask(`/api/auth/${provider}/refresh`, { as: 'nobody' });
      answer.expect(401);
      assert.match(answer.text, message);
    },
  };
}

/** A recurring task that, when it is triggered, asks the service that it is about. */
export function fetches(task: { readonly plugin: string; readonly id: string; readonly url: RegExp }): Proof {
  return {
    proof: `its task asks for ${plain(task.url)}`,
    async prove(host) {
      await trigger(host, task);
      await eventually(async () => {
        assert.ok(
          host.upstream.seen.some(({ url }) => task.url.test(url)),
          `nobody asked for ${task.url}`,
        );
      });
    },
  };
}

/** A recurring task that is known to the scheduler, for packages whose services cannot be stood in for. */
export function schedules(plugin: string, id: string): Proof {
  return {
    proof: `schedules the task ${id}`,
    async prove(host) {
      const { tasks } = (await host.ask(`/api/${plugin}/.backstage/scheduler/v1/tasks`)).expect(200) as {
        tasks: { taskId: string }[];
      };
      assert.ok(
        tasks.some(({ taskId }) => taskId === id),
        `${id} is not among ${tasks.map(({ taskId }) => taskId).join(', ')}`,
      );
    },
  };
}

/** Makes a plugin run one of its recurring tasks now. */
export async function trigger(host: Host, task: { readonly plugin: string; readonly id: string }): Promise<void> {
  const path = `/api/${task.plugin}/.backstage/scheduler/v1/tasks/${encodeURIComponent(task.id)}/trigger`;
  // One that is at work already does not have to be told.
  await eventually(async () => {
    const answer = await host.ask(path, { method: 'POST' });
    assert.ok([200, 202, 204, 409].includes(answer.status), `${path} answered ${answer.status}: ${answer.text}`);
  });
}

/** An event of a service, posted like its webhook does, that comes out under a topic of its own. */
export function routes(hook: {
  readonly topic: string;
  readonly to: string;
  readonly headers?: Readonly<Record<string, string>> | ((body: string) => Readonly<Record<string, string>>);
  readonly body: unknown;
}): Proof {
  return {
    proof: `POST /api/events/http/${hook.topic} → ${hook.to}`,
    async prove(host) {
      const subscription = `/api/events/bus/v1/subscriptions/compat-${hook.topic}`;
      (await host.ask(subscription, { method: 'PUT', body: { topics: [hook.to] } })).expect(201);
      const headers = typeof hook.headers === 'function' ? hook.headers(JSON.stringify(hook.body)) : hook.headers;
      (await host.ask(`/api/events/http/${hook.topic}`, { as: 'nobody', body: hook.body, headers })).expect(202);
      await eventually(async () => {
        (await host.ask(`${subscription}/events`)).expect(200, { events: [{ topic: hook.to }] });
      });
    },
  };
}

/** A pattern as people read it. */
function plain({ source }: RegExp): string {
  return source.replaceAll(/[\\^]/g, '');
}
