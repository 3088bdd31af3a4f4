import { AsyncLocalStorage } from 'node:async_hooks';
import { executionContext, type ServiceFactory } from '@bulkhead/backend-plugin-api';
import { deadlineExceeded } from '../errors.ts';
import { withDeadline } from '../time/deadline.ts';
import { DisposalStack, type DisposalOptions } from './disposal-stack.ts';

/** One instance, or root context, that the container made or failed to make. */
export interface ServiceCreation {
  readonly serviceId: string;
  /** Absent for root services and root contexts. */
  readonly pluginId?: string;
  /** On the clock of `performance.now()`; dependencies are complete by then. */
  readonly startedAt: number;
  /** Milliseconds in the factory itself. */
  readonly duration: number;
  /** Ids of the dependencies. */
  readonly waitedFor: readonly string[];
  /** What was thrown; `undefined` on success. */
  readonly error?: unknown;
}

/** A factory that is at work. */
interface RunningFactory {
  readonly serviceId: string;
  readonly pluginId: string | undefined;
  readonly made: Promise<unknown>;
}

/**
 * Runs factories, each in the execution context of the plugin that it serves, or outside of any plugin. Keeps account
 * of those at work, and keeps what they make for the disposal.
 */
export class FactoryRunner {
  readonly #running = new Set<RunningFactory>();
  readonly #disposals = new DisposalStack();
  /** Leads out of the context of the plugin that happens to be the first to ask for a root service. */
  readonly #outside = AsyncLocalStorage.snapshot();
  readonly #onCreation: ((creation: ServiceCreation) => void) | undefined;
  #closed = false;

  constructor(onCreation: ((creation: ServiceCreation) => void) | undefined) {
    this.#onCreation = onCreation;
  }

  /** Whether nothing is to be made any more. */
  get isClosed(): boolean {
    return this.#closed;
  }

  /** Makes an instance or root context of `factory`. */
  async run(factory: ServiceFactory, pluginId: string | undefined, make: () => Promise<unknown>): Promise<unknown> {
    const serviceId = factory.service.id;
    const startedAt = performance.now();
    const running = { serviceId, pluginId, made: this.#makeAndKeep(serviceId, pluginId, make) };
    this.#running.add(running);
    let error: unknown;
    try {
      return await running.made;
    } catch (thrown) {
      error = thrown ?? null;
      throw thrown;
    } finally {
      this.#running.delete(running);
      const duration = performance.now() - startedAt;
      const waitedFor = Object.values(factory.deps).map(({ id }) => id);
      this.#onCreation?.({ serviceId, pluginId, startedAt, duration, waitedFor, error });
    }
  }

  /** Ids of the services whose factories are at work: root factories, and those for a plugin if one is named. */
  runningFor(pluginId: string | undefined): string[] {
    return [...this.#running]
      .filter((each) => each.pluginId === undefined || each.pluginId === pluginId)
      .map(({ serviceId }) => serviceId);
  }

  /** Awaits the factories at work, then disposes what was made, the latest first. */
  async dispose(options: DisposalOptions): Promise<void> {
    this.#closed = true;
    await Promise.all(Array.from(this.#running, (running) => this.#awaitFactory(running, options)));
    await this.#disposals.dispose(options);
  }

  async #makeAndKeep(serviceId: string, pluginId: string | undefined, make: () => Promise<unknown>): Promise<unknown> {
    const instance = await (pluginId === undefined ? this.#outside(make) : executionContext.run({ pluginId }, make));
    this.#disposals.push(instance, { serviceId, pluginId });
    return instance;
  }

  async #awaitFactory({ serviceId, pluginId, made }: RunningFactory, options: DisposalOptions): Promise<void> {
    const { timeout, onError } = options;
    const settled = made.then(ignore, ignore);
    try {
      await withDeadline(
        () => settled,
        timeout,
        () => deadlineExceeded(`The factory of service '${serviceId}'`, timeout!, 'backend.lifecycle.shutdownTimeout'),
      );
    } catch (error) {
      onError?.({ serviceId, pluginId }, error);
      // Nobody waits for it any more, but what it makes is still to be disposed.
      void settled.then(() => this.#disposals.dispose(options));
    }
  }
}

function ignore(): void {}
