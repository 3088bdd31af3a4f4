import type {
  LifecycleHook,
  LifecycleHookOptions,
  LoggerService,
  RootLifecycleService,
} from '@bulkhead/backend-plugin-api';
import { deadlineExceeded, lifecycleOver } from '../errors.ts';
import { toError } from '../host/to-error.ts';
import { withDeadline } from '../time/deadline.ts';
import type { Deadlines } from '../time/deadlines.ts';

/** The edges of the lifecycle, in their order. */
export type LifecycleEdge = 'startup' | 'before-shutdown' | 'drain' | 'shutdown';

interface RegisteredHook {
  readonly run: LifecycleHook;
  readonly logger: LoggerService | undefined;
}

/** How the hooks of an edge are run. */
export interface RunHooksOptions {
  /** Milliseconds for each hook. */
  readonly timeout: number;
  /** The key of the configuration that allows more time. */
  readonly setting: string;
  /** Lets the hooks be interrupted. */
  readonly deadlines?: Deadlines;
}

/**
 * The hooks of one plugin, or of the process. As a service it takes hooks; the runtime runs them. A hook that fails
 * or takes too long is logged and does not stop the others.
 */
export class LifecycleHooks implements RootLifecycleService {
  readonly #owner: string;
  readonly #logger: LoggerService;
  readonly #hooks = new Map<LifecycleEdge, RegisteredHook[]>();
  readonly #over = new Set<LifecycleEdge>();

  /** @param owner - names whose hooks these are in messages. */
  constructor(owner: string, logger: LoggerService) {
    this.#owner = owner;
    this.#logger = logger;
  }

  addStartupHook(hook: LifecycleHook, options?: LifecycleHookOptions): void {
    this.#add('startup', hook, options);
  }

  addBeforeShutdownHook(hook: LifecycleHook, options?: LifecycleHookOptions): void {
    this.#add('before-shutdown', hook, options);
  }

  addDrainHook(hook: LifecycleHook, options?: LifecycleHookOptions): void {
    this.#add('drain', hook, options);
  }

  addShutdownHook(hook: LifecycleHook, options?: LifecycleHookOptions): void {
    this.#add('shutdown', hook, options);
  }

  /** Runs the hooks of an edge side by side. No further ones are taken for it. */
  async runTogether(edge: LifecycleEdge, options: RunHooksOptions): Promise<void> {
    await Promise.all(this.#take(edge).map((hook) => this.#run(edge, hook, options)));
  }

  /** Runs the hooks of an edge one after the other, the latest first. No further ones are taken for it. */
  async runReversed(edge: LifecycleEdge, options: RunHooksOptions): Promise<void> {
    for (const hook of this.#take(edge).reverse()) await this.#run(edge, hook, options);
  }

  #add(edge: LifecycleEdge, run: LifecycleHook, options: LifecycleHookOptions | undefined): void {
    if (this.#over.has(edge)) throw lifecycleOver(edge, this.#owner);
    const hook = { run, logger: options?.logger };
    const hooks = this.#hooks.get(edge);
    if (hooks) hooks.push(hook);
    else this.#hooks.set(edge, [hook]);
  }

  #take(edge: LifecycleEdge): RegisteredHook[] {
    this.#over.add(edge);
    const hooks = this.#hooks.get(edge) ?? [];
    this.#hooks.delete(edge);
    return hooks;
  }

  async #run(edge: LifecycleEdge, { run, logger }: RegisteredHook, options: RunHooksOptions): Promise<void> {
    const name =
      run.name === '' ? `A ${edge} hook of ${this.#owner}` : `The ${edge} hook '${run.name}' of ${this.#owner}`;
    const { timeout, setting, deadlines } = options;
    const work = async (): Promise<void> => run();
    const onTimeout = (): Error => deadlineExceeded(name, timeout, setting);
    try {
      await (deadlines ? deadlines.run(work, timeout, onTimeout) : withDeadline(work, timeout, onTimeout));
    } catch (error) {
      if (deadlines?.interruption) return;
      (logger ?? this.#logger).error(`${name} failed`, toError(error));
    }
  }
}
