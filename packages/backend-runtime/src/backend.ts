import type { ServiceFactory, StartupReport } from '@bulkhead/backend-plugin-api';
import { alreadyStarted, backendStopped, startInterrupted } from './errors.ts';
import type { PackageFinder } from './intake/feature-package.ts';
import type { FeatureProtocol } from './intake/feature-protocol.ts';
import type { FeatureInput } from './intake/feature-source.ts';
import type { Submission } from './intake/gather.ts';
import type { PlanCheck, PluginSelection } from './plan/plan-check.ts';
import type { Plan, PlannedPlugin } from './plan/plan.ts';
import type { PlanProblem } from './problems/plan-problem.ts';
import { duplicateServiceProblem, reservedService } from './problems/service-problems.ts';
import { createFaultAttribution } from './process/fault-attribution.ts';
import { installProcessHandlers, type ProcessHandlers } from './process/process-handlers.ts';
import type { ExtensionPointMiddleware } from './run/extension-point-middleware.ts';
import { runStartup } from './run/startup.ts';
import { createRuntime, type Runtime } from './runtime.ts';
import { defaultTimes, type HostSettingsDefaults } from './settings/host-settings.ts';
import { runShutdown } from './stop/shutdown.ts';
import { prepare, type Preparation } from './validate/prepare.ts';

/** What {@link createSpecializedBackend} takes. */
export interface SpecializedBackendOptions {
  /** The default implementations of services; features may override them. */
  readonly serviceFactories?: readonly ServiceFactory[];
  /** Wire forms of features that are taken beside the native one. */
  readonly protocols?: readonly FeatureProtocol[];
  /** Finds the packages that problems name. */
  readonly packages?: PackageFinder;
  /** Checks of the assembly, run with the runtime's own before anything is started. */
  readonly checks?: readonly PlanCheck[];
  /** Which of the plugins this process runs. Default: all. */
  readonly select?: PluginSelection;
  /** Stand between extension points and the modules that use them. */
  readonly extensionPointMiddleware?: readonly ExtensionPointMiddleware[];
  /** Times that hold where the configuration says nothing. */
  readonly settings?: HostSettingsDefaults;
  /**
   * Whether the backend takes charge of its process from `start` to the end of `stop`: signals, rejections and
   * exceptions that nobody handles, exit codes. Off by default, because a process can hold several backends.
   */
  readonly handleProcess?: boolean;
}

/** How {@link Backend.add} installs a feature. */
export interface AddOptions {
  /**
   * Installs a plugin under this id instead of its own: own mount, configuration, database schema and logger. A
   * module with this option joins the plugin that is installed under the id.
   */
  readonly pluginId?: string;
}

/** A host in the making, and once started, a running one. */
export interface Backend {
  /**
   * Adds a feature: a plugin, a module, a service factory, a feature loader, the module whose default export is one,
   * a promise of any of these, or a function that returns such a promise. What is wrong with it shows at the start.
   *
   * @throws BulkheadError `ERR_RUNTIME_ALREADY_STARTED`, `ERR_RUNTIME_STOPPED`
   */
  add(feature: FeatureInput, options?: AddOptions): void;
  /**
   * Tells what `start` would do. Starts nothing; reads the configuration and runs feature loaders. From here on
   * nothing can be added. Call {@link Backend.stop} to let go of the configuration when `start` does not follow.
   *
   * @throws ProblemsError `ERR_RUNTIME_INVALID_PLAN` with everything that is wrong, at once.
   */
  plan(): Promise<Plan>;
  /**
   * Starts everything. When that fails, all that was started is stopped again.
   *
   * @throws ProblemsError `ERR_RUNTIME_INVALID_PLAN` with everything that is wrong, before anything was started;
   * BackendStartupError `ERR_RUNTIME_STARTUP_FAILED`; BulkheadError `ERR_RUNTIME_START_INTERRUPTED`,
   * `ERR_RUNTIME_ALREADY_STARTED`, `ERR_RUNTIME_STOPPED`
   */
  start(): Promise<StartupReport>;
  /** Stops everything, in any state. Never rejects; calling it again gives the same promise. */
  stop(): Promise<void>;
}

/** Creates a backend that knows no services but its own and those that it is given. */
export function createSpecializedBackend(options: SpecializedBackendOptions = {}): Backend {
  return new SpecializedBackend(options);
}

class SpecializedBackend implements Backend {
  readonly #options: SpecializedBackendOptions;
  readonly #runtime: Runtime;
  readonly #submissions: Submission[] = [];
  readonly #problems: PlanProblem[] = [];
  #preparation: Promise<Preparation> | undefined;
  #start: Promise<StartupReport> | undefined;
  #stop: Promise<void> | undefined;
  #processHandlers: ProcessHandlers | undefined;

  constructor(options: SpecializedBackendOptions) {
    this.#options = options;
    const { extensionPointMiddleware: middleware, protocols, packages } = options;
    this.#runtime = createRuntime({ middleware, protocols, packages });
    for (const factory of options.serviceFactories ?? []) this.#provideDefault(factory);
  }

  add(feature: FeatureInput, options: AddOptions = {}): void {
    if (this.#stop) throw backendStopped('backend.add()');
    if (this.#preparation) throw alreadyStarted('backend.add()');
    // A rejected import is reported at the start; until then it must not count as unhandled.
    if (feature instanceof Promise) feature.catch(() => {});
    this.#submissions.push({ source: feature, pluginId: options.pluginId });
  }

  async plan(): Promise<Plan> {
    if (this.#stop) throw backendStopped('backend.plan()');
    return (await this.#prepare()).plan;
  }

  async start(): Promise<StartupReport> {
    if (this.#stop) throw backendStopped('backend.start()');
    if (this.#start) throw alreadyStarted('backend.start()');
    this.#start = this.#run();
    return this.#start;
  }

  stop(): Promise<void> {
    this.#stop ??= this.#halt();
    return this.#stop;
  }

  #provideDefault(factory: ServiceFactory): void {
    const { id } = factory.service;
    const { container, reserved } = this.#runtime;
    if (reserved.has(id)) this.#problems.push(reservedService(id));
    else if (container.catalog.provide(factory, 'default') === 'duplicate') {
      this.#problems.push(duplicateServiceProblem(id, 'by the default factories'));
    }
  }

  #prepare(): Promise<Preparation> {
    const { checks = [], select, settings = {} } = this.#options;
    const timeout = settings.startupTimeout ?? defaultTimes.startupTimeout;
    this.#preparation ??= prepare(this.#submissions, {
      ...this.#runtime,
      problems: this.#problems,
      checks,
      select,
      settings,
      timeout,
    });
    return this.#preparation;
  }

  async #run(): Promise<StartupReport> {
    if (this.#options.handleProcess) this.#processHandlers = this.#installProcessHandlers();
    try {
      return await runStartup(this.#runtime, await this.#prepare());
    } catch (error) {
      this.#stop ??= this.#takeDown();
      await this.#stop;
      this.#processHandlers?.startFailed(error);
      throw error;
    }
  }

  /** Ends a start-up that is under way, then stops. */
  async #halt(): Promise<void> {
    const isUp = this.#runtime.state.getPhase() === 'ready';
    this.#runtime.deadlines.interrupt(startInterrupted());
    await this.#takeDown(isUp);
  }

  async #takeDown(isUp = false): Promise<void> {
    const settings = await this.#preparation?.then(
      (preparation) => preparation.settings,
      () => undefined,
    );
    const { shutdownTimeout, serverShutdownDelay } = settings ?? { ...defaultTimes, ...this.#options.settings };
    await runShutdown(this.#runtime, { delay: isUp ? serverShutdownDelay : 0, timeout: shutdownTimeout });
    // Not at once: whether somebody handles the rejection of a failed start shows only after it was rejected.
    setImmediate(() => this.#processHandlers?.remove());
  }

  #installProcessHandlers(): ProcessHandlers {
    const { state, logger } = this.#runtime;
    let plugins: readonly PlannedPlugin[] = [];
    void this.#prepare().then(
      ({ plan }) => void (plugins = plan.plugins),
      () => {},
    );
    return installProcessHandlers({
      stop: () => this.stop(),
      attribute: createFaultAttribution(() => plugins),
      reportFault: (pluginId, error) => state.reportFault(pluginId, error),
      logger,
    });
  }
}
