import { BROKER_VARIABLE, startTestServerBroker, type TestServerBroker } from './test-server-broker.ts';

const globals = globalThis as { bulkheadTestServerBroker?: TestServerBroker };

/**
 * Jest's `globalSetup`: makes one PostgreSQL server available to all workers, started when the first of them wants it.
 * With `BULKHEAD_TEST_POSTGRES_URL` that server is used instead.
 */
export default async function globalSetup(): Promise<void> {
  if (process.env.BULKHEAD_TEST_POSTGRES_URL) {
    return;
  }
  const broker = await startTestServerBroker();
  globals.bulkheadTestServerBroker = broker;
  process.env[BROKER_VARIABLE] = broker.url;
}

/** Jest's `globalTeardown`: stops the server and deletes its data. */
export async function globalTeardown(): Promise<void> {
  await globals.bulkheadTestServerBroker?.stop();
}
