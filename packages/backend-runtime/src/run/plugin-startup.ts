import { executionContext, type AnyServiceRef } from '@bulkhead/backend-plugin-api';
import { startTimedOut } from '../errors.ts';
import { toError } from '../host/to-error.ts';
import type { NormalModule, NormalPlugin } from '../intake/normal-feature.ts';
import type { PlannedModule, PlannedPlugin } from '../plan/plan.ts';
import { type Owner, describeOwner, sentence } from '../problems/plan-problem.ts';
import type { StartupFault } from '../report/backend-startup-error.ts';
import { loggerOf, type Runtime } from '../runtime.ts';
import type { Installation } from '../validate/installations.ts';
import type { Preparation } from '../validate/prepare.ts';
import { Activity } from './activity.ts';
import { ExtensionPointSource } from './extension-point-source.ts';
import { resolveInitDeps } from './init-deps.ts';

/** What all plugins of a start-up share. */
export interface PluginStartupContext {
  readonly runtime: Runtime;
  readonly preparation: Preparation;
  /** Plugin services that every plugin gets, whether it asks or not. */
  readonly eagerServices: readonly AnyServiceRef[];
}

/** Starts one plugin: its eager services, its modules, its init, its startup hooks. */
export class PluginStartup {
  readonly pluginId: string;
  /** What failed and is not tolerated. */
  readonly faults: StartupFault[] = [];
  /** What is under way. */
  readonly activities = new Set<Activity>();
  readonly #plan: PlannedPlugin;
  readonly #context: PluginStartupContext;
  readonly #runtime: Runtime;
  readonly #installation: Installation;
  readonly #extensionPoints: ExtensionPointSource;
  /** Failures that modules' extension points reported, by module. */
  readonly #reported = new Map<string, Error>();

  constructor(plan: PlannedPlugin, context: PluginStartupContext) {
    this.pluginId = plan.pluginId;
    this.#plan = plan;
    this.#context = context;
    this.#runtime = context.runtime;
    this.#installation = context.preparation.installations.get(plan.pluginId)!;
    this.#extensionPoints = new ExtensionPointSource(this.#installation, context.runtime.middleware);
  }

  /** Never rejects: what fails is recorded. */
  async run(): Promise<void> {
    const { pluginId } = this;
    this.#runtime.state.setPluginPhase(pluginId, 'starting');
    try {
      await executionContext.run({ pluginId }, () => this.#start());
      // Hooks that were interrupted have not failed, but nothing becomes ready any more.
      if (this.#runtime.deadlines.interruption) return;
      this.#runtime.recorder.pluginEnded(pluginId);
      this.#runtime.state.setPluginPhase(pluginId, 'ready');
    } catch (error) {
      this.#fail({ pluginId }, toError(error));
    }
  }

  async #start(): Promise<void> {
    const owner: Owner = { pluginId: this.pluginId };
    const { eagerServices } = this.#context;
    if (eagerServices.length > 0) {
      await this.#withDeadline(owner, async (activity) => {
        const { container } = this.#runtime;
        await resolveInitDeps(refsById(eagerServices), { container, pluginId: this.pluginId, activity });
      });
    }
    await this.#startModules();
    const { modules, services } = this.#plan;
    const waitedFor = [...services, ...modules.map(({ moduleId }) => moduleId)];
    await this.#init(this.#installation.plugin, owner, waitedFor);
    await this.#runStartupHooks();
  }

  /** Each module starts once those that must go before it have ended, however they ended. */
  async #startModules(): Promise<void> {
    const started = new Map<string, Promise<void>>();
    const modules = new Map(this.#installation.modules.map((module) => [module.moduleId, module]));
    for (const planned of this.#plan.modules) {
      const before = planned.after.map((moduleId) => started.get(moduleId)!);
      const start = async (): Promise<void> => {
        await Promise.all(before);
        await this.#startModule(planned, modules.get(planned.moduleId)!);
      };
      started.set(planned.moduleId, start());
    }
    await Promise.all(started.values());
  }

  async #startModule({ moduleId, services, after }: PlannedModule, module: NormalModule): Promise<void> {
    const owner: Owner = { pluginId: this.pluginId, moduleId };
    try {
      await this.#init(module, owner, [...services, ...after]);
      const reported = this.#reported.get(moduleId);
      if (reported) throw reported;
      this.#runtime.recorder.moduleEnded(this.pluginId, moduleId);
    } catch (error) {
      this.#fail(owner, toError(error));
    }
  }

  async #init(feature: NormalPlugin | NormalModule, owner: Owner, waitedFor: readonly string[]): Promise<void> {
    const { init } = feature.registration;
    const { recorder, container } = this.#runtime;
    const id = owner.moduleId ?? owner.pluginId;
    const step = { type: feature.type, id, waitedFor, ...(owner.moduleId && { pluginId: owner.pluginId }) } as const;
    let startedAt = performance.now();
    try {
      await this.#withDeadline(owner, async (activity) => {
        const deps = await resolveInitDeps(init.deps, {
          container,
          pluginId: this.pluginId,
          activity,
          createExtensionPoint: (pointId) =>
            this.#extensionPoints.create(pointId, owner.moduleId!, (error) => this.#report(owner, error)),
        });
        startedAt = performance.now();
        activity.isInInit();
        await init.run(deps);
      });
      recorder.step({ ...step, startedAt });
    } catch (thrown) {
      const error = toError(thrown);
      recorder.step({ ...step, startedAt, error });
      throw error;
    }
  }

  async #withDeadline(owner: Owner, work: (activity: Activity) => Promise<void>): Promise<void> {
    const { startupTimeout, pluginTimeouts } = this.#context.preparation.settings;
    const timeout = pluginTimeouts.get(this.pluginId) ?? startupTimeout;
    const activity = new Activity(owner, this.#runtime.container);
    this.activities.add(activity);
    try {
      await this.#runtime.deadlines.run(
        () => work(activity),
        timeout,
        () => startTimedOut(sentence(describeOwner(owner)), activity.describe(), { timeout, pluginId: this.pluginId }),
      );
    } finally {
      this.activities.delete(activity);
    }
  }

  async #runStartupHooks(): Promise<void> {
    const { startupTimeout: timeout } = this.#context.preparation.settings;
    const { lifecycles, deadlines } = this.#runtime;
    await lifecycles
      .findPlugin(this.pluginId)
      ?.runTogether('startup', { timeout, setting: 'backend.startup.timeout', deadlines });
  }

  #fail(owner: Owner, error: Error): void {
    if (error === this.#runtime.deadlines.interruption) return;
    const failure = { error, allowed: this.#isAllowed(owner) };
    const { recorder, state } = this.#runtime;
    if (owner.moduleId === undefined) {
      recorder.pluginEnded(owner.pluginId, failure);
      state.setPluginPhase(owner.pluginId, 'failed', error);
    } else {
      recorder.moduleEnded(owner.pluginId, owner.moduleId, failure);
    }
    this.#addFault(owner, failure);
  }

  /** A module proved faulty: during its init, later in the start-up, or while the host runs. */
  #report(owner: Owner, error: Error): void {
    const { recorder, state } = this.#runtime;
    const { pluginId, moduleId } = owner as Required<Owner>;
    const failure = { error, allowed: this.#isAllowed(owner) };
    const isAmended = recorder.amendModule(pluginId, moduleId, failure);
    if (!isAmended) this.#reported.set(moduleId, error);
    else if (state.getPhase() === 'starting') this.#addFault(owner, failure);
    else state.reportFault(pluginId, error);
  }

  #addFault(owner: Owner, { error, allowed }: { error: Error; allowed: boolean }): void {
    const what = sentence(describeOwner(owner));
    const consequence = allowed ? '; the host goes on without it' : '';
    loggerOf(this.#runtime, this.pluginId).error(`${what} failed to start${consequence}`, error);
    if (!allowed) this.faults.push({ what, error, tolerable: true });
  }

  #isAllowed(owner: Owner): boolean {
    return this.#context.preparation.settings.failurePolicy.allows(owner);
  }
}

function refsById(refs: readonly AnyServiceRef[]): Record<string, AnyServiceRef> {
  return Object.fromEntries(refs.map((ref) => [ref.id, ref]));
}
