import { createHash, createHmac } from 'node:crypto';
import type { Case } from '../src/case.ts';
import { eventually } from '../src/http.ts';
import { routes, type Proof } from '../src/proofs.ts';

/** What tells plugins that something happened elsewhere. */
export const eventsCases: readonly Case[] = [
  {
    name: '@backstage/plugin-events-backend',
    feature: 'events',
    proof: 'POST /api/events/http/ping → 202; an event that is published on the bus reaches who subscribed',
    async prove(host) {
      (await host.ask('/api/events/http/ping', { as: 'nobody', body: { hi: true } })).expect(202);
      const subscription = '/api/events/bus/v1/subscriptions/compat';
      (await host.ask(subscription, { method: 'PUT', body: { topics: ['compat'] } })).expect(201);
      const event = { topic: 'compat', payload: { said: 'hello' } };
      (await host.ask('/api/events/bus/v1/events', { body: { event } })).expect(201);
      (await host.ask(`${subscription}/events`)).expect(200, { events: [event] });
    },
  },
  {
    name: '@backstage/plugin-events-backend-module-aws-sqs',
    feature: 'events/aws-sqs-consuming-event-publisher',
    proof: 'a message of the queue becomes an event',
    async prove(host) {
      const subscription = '/api/events/bus/v1/subscriptions/compat-queue';
      (await host.ask(subscription, { method: 'PUT', body: { topics: ['queue'] } })).expect(201);
      const message = { MessageId: '1', ReceiptHandle: '1', Body: '{"said":"hello"}' };
      const digest = createHash('md5').update(message.Body).digest('hex');
      host.upstream.serve('/sqs', ({ headers }) =>
        String(headers['x-amz-target']).endsWith('ReceiveMessage')
          ? { Messages: [{ ...message, MD5OfBody: digest }] }
          : { Successful: [{ Id: '1' }] },
      );
      await eventually(async () => {
        const parts = { events: [{ topic: 'queue', payload: { said: 'hello' } }] };
        (await host.ask(`${subscription}/events`)).expect(200, parts);
      });
      host.upstream.serve('/sqs', () => ({}));
    },
  },
  {
    name: '@backstage/plugin-events-backend-module-google-pubsub',
    feature: 'events/google-pubsub-consuming-event-publisher',
    proof: 'started; it speaks to Google alone',
    async prove() {},
  },
  {
    name: '@backstage/plugin-events-backend-module-kafka',
    feature: 'events/kafka-consuming-event-publisher',
    proof: 'started; it needs a Kafka for more',
    async prove() {},
  },
  router(
    'azure',
    'azure-dev-ops-event-router',
    routes({
      topic: 'azureDevOps',
      to: 'azureDevOps.git.push',
      headers: { 'x-ado-webhook-secret': 'azure-webhook-secret-1' },
      body: { eventType: 'git.push' },
    }),
  ),
  router(
    'bitbucket-cloud',
    'bitbucket-cloud-event-router',
    routes({
      topic: 'bitbucketCloud',
      to: 'bitbucketCloud.repo:push',
      headers: { 'x-event-key': 'repo:push' },
      body: { push: {} },
    }),
  ),
  router(
    'bitbucket-server',
    'bitbucket-server-event-router',
    routes({
      topic: 'bitbucketServer',
      to: 'bitbucketServer.repo:refs_changed',
      headers: { 'x-event-key': 'repo:refs_changed' },
      body: { changes: [] },
    }),
  ),
  router(
    'gerrit',
    'gerrit-event-router',
    routes({ topic: 'gerrit', to: 'gerrit.change-merged', body: { type: 'change-merged' } }),
  ),
  router(
    'github',
    'github-event-router',
    routes({
      topic: 'github',
      to: 'github.push',
      headers: (body) => ({
        'x-github-event': 'push',
        'x-hub-signature-256': `sha256=${createHmac('sha256', 'github-webhook-secret-1').update(body).digest('hex')}`,
      }),
      body: { ref: 'refs/heads/main' },
    }),
  ),
  router(
    'gitlab',
    'gitlab-event-router',
    routes({
      topic: 'gitlab',
      to: 'gitlab.push',
      headers: { 'x-gitlab-token': 'gitlab-webhook-secret-1', 'x-gitlab-event': 'Push Hook' },
      body: { event_name: 'push', object_kind: 'push' },
    }),
  ),
];

function router(id: string, moduleId: string, proof: Proof): Case {
  return { name: `@backstage/plugin-events-backend-module-${id}`, feature: `events/${moduleId}`, ...proof };
}
