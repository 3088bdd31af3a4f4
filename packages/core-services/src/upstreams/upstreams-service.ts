import { createServiceRef, type ServiceRef } from '@bulkhead/backend-plugin-api';
import type { Dispatcher } from 'undici';
import type { DirectConnections } from './direct/direct-connections.ts';

/** How a request to an origin went, as far as it tells about the origin. */
export type UpstreamOutcome =
  /** It answered. */
  | 'answered'
  /** It answered that it is going down, or not up yet. */
  | 'unavailable'
  /** No connection, or the connection broke. */
  | 'failed';

/** The other processes of the deployment, as this one sees them: connections, health, and whose turn it is. */
export interface UpstreamsService {
  /**
   * The origin that the next request should go to: in turn, passing over those that are known to be down as long as
   * another is left.
   *
   * @param origins - the origins of all replicas, such as `http://127.0.0.1:7008`
   * @param tried - origins that have failed for this very request
   * @returns `undefined` when all were tried
   */
  pick(origins: readonly string[], tried?: ReadonlySet<string>): string | undefined;
  /**
   * Tells how a request went.
   *
   * @param sentAt - when it was sent, by `performance.now()`: it tells nothing about an origin that has failed, said that it
   *   stops, or come back since
   */
  report(origin: string, outcome: UpstreamOutcome, sentAt: number): void;
  /** The pool of connections to an origin. */
  dispatcherFor(origin: string): Dispatcher;
  /** Connections to an origin for requests that are there as a whole; `undefined` where it is not reached by plain HTTP. */
  connectionsTo(origin: string): DirectConnections | undefined;
}

/** The other processes of the deployment. */
export const upstreamsServiceRef: ServiceRef<UpstreamsService, 'root', 'singleton'> =
  createServiceRef<UpstreamsService>({
    id: 'core.upstreams',
    scope: 'root',
    defaultFactory: async () => (await import('./upstreams-service-factory.ts')).upstreamsServiceFactory,
  });
