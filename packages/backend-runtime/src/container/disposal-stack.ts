import { deadlineExceeded } from '../errors.ts';
import { withDeadline } from '../time/deadline.ts';

/** What an instance on the stack belongs to. */
export interface DisposalOwner {
  readonly serviceId: string;
  readonly pluginId?: string;
}

/** How far the patience with disposals goes, and who learns of failures. */
export interface DisposalOptions {
  /** Milliseconds for each instance; endless by default. */
  readonly timeout?: number;
  /** Learns of a disposal that threw or took too long; the others go on. */
  readonly onError?: (owner: DisposalOwner, error: unknown) => void;
}

interface Disposal {
  readonly owner: DisposalOwner;
  readonly dispose: () => unknown;
}

/** Instances that want to be disposed: those with a `Symbol.asyncDispose` or `Symbol.dispose` method. */
export class DisposalStack {
  readonly #stack: Disposal[] = [];
  readonly #known = new WeakSet<object>();

  /** Puts an instance on the stack if it can be disposed. An instance that is there already is not put twice. */
  push(instance: unknown, owner: DisposalOwner): void {
    const dispose = disposerOf(instance);
    if (!dispose || this.#known.has(instance as object)) return;
    this.#known.add(instance as object);
    this.#stack.push({ owner, dispose });
  }

  /** Disposes all, the latest first, one after the other. */
  async dispose({ timeout, onError }: DisposalOptions = {}): Promise<void> {
    for (let disposable = this.#stack.pop(); disposable; disposable = this.#stack.pop()) {
      const { owner, dispose } = disposable;
      try {
        await withDeadline(
          async () => void (await dispose()),
          timeout,
          () =>
            deadlineExceeded(
              `Disposing of service '${owner.serviceId}'`,
              timeout!,
              'backend.lifecycle.shutdownTimeout',
            ),
        );
      } catch (error) {
        onError?.(owner, error);
      }
    }
  }
}

function disposerOf(instance: unknown): (() => unknown) | undefined {
  if ((typeof instance !== 'object' && typeof instance !== 'function') || instance === null) return undefined;
  const { [Symbol.asyncDispose]: asyncDispose, [Symbol.dispose]: dispose } = instance as Partial<
    AsyncDisposable & Disposable
  >;
  const method = asyncDispose ?? dispose;
  return typeof method === 'function' ? () => method.call(instance) : undefined;
}
