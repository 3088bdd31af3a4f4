import { createExtensionPoint, createServiceRef } from '@bulkhead/backend-plugin-api';
import { mockServices, provideService, startTestBackend } from '../index.ts';

interface Listeners {
  add(name: string): void;
  remove(name: string): void;
}
const listenersPoint = createExtensionPoint<Listeners>({ id: 'todo.listeners' });
const clockRef = createServiceRef<{ now(): number }>({ id: 'test.clock' });

// Services: an instance or a factory of the right type, under a name that exists.
void startTestBackend({
  features: [],
  services: { cache: mockServices.cache(), scheduler: mockServices.scheduler.factory() },
});
// @ts-expect-error -- a cache is no scheduler
void startTestBackend({ features: [], services: { scheduler: mockServices.cache() } });
// @ts-expect-error -- a factory of caches makes no scheduler
void startTestBackend({ features: [], services: { scheduler: mockServices.cache.factory() } });
// @ts-expect-error -- there is no such service
void startTestBackend({ features: [], services: { cahce: mockServices.cache() } });

// Extension points: part of what they are, of the right type.
void startTestBackend({ features: [], extensionPoints: [[listenersPoint, { add: (name) => void name.length }]] });
// @ts-expect-error -- a name is a string
void startTestBackend({ features: [], extensionPoints: [[listenersPoint, { add: (name: number) => void name }]] });
// @ts-expect-error -- listeners cannot be counted
void startTestBackend({ features: [], extensionPoints: [[listenersPoint, { count: () => 1 }]] });

// Services of one's own.
provideService(clockRef, { now: () => 1 });
// @ts-expect-error -- a clock tells numbers
provideService(clockRef, { now: () => 'noon' });

// Recorded calls have the types of their methods.
const cache = mockServices.cache();
const keys: string[] = cache.callsTo('set').map(([key]) => key);
// @ts-expect-error -- a cache has no such method
cache.callsTo('clear');
for (const call of cache.calls) {
  if (call.method === 'set') keys.push(call.args[0], JSON.stringify(call.args[2]?.ttl));
  // @ts-expect-error -- what the test can do with the mock is not recorded
  if (call.method === 'advance') keys.push('never');
}
