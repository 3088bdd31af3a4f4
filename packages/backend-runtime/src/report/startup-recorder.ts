import type {
  ModuleStartupResult,
  PluginStartupResult,
  StartupFailure,
  StartupReport,
  StartupStep,
} from '@bulkhead/backend-plugin-api';
import type { ServiceCreation } from '../container/factory-runner.ts';
import { messageOf } from '../problems/plan-problem.ts';

/** A step that has ended, on the clock of `performance.now()`. */
export interface RecordedStep extends Omit<StartupStep, 'startedAt' | 'duration' | 'outcome' | 'reason'> {
  readonly startedAt: number;
  /** Why it failed, if it did. */
  readonly error?: unknown;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type PluginRecord = Mutable<Omit<PluginStartupResult, 'modules'>> & { modules: Mutable<ModuleStartupResult>[] };

/** Collects what happens during a start-up into a report. */
export class StartupRecorder {
  readonly #begin = performance.now();
  readonly #beginAt = new Date();
  readonly #steps: StartupStep[] = [];
  readonly #modules = new Map<string, Mutable<ModuleStartupResult>[]>();
  readonly #plugins: PluginRecord[] = [];

  /** Records that the container made a service, or failed to. */
  service({ serviceId, startedAt, duration, error, ...rest }: ServiceCreation): void {
    this.#add({ type: 'service', id: serviceId, ...rest, startedAt, error }, duration);
  }

  /** Records a step that ends now. */
  step(step: RecordedStep): void {
    this.#add(step, performance.now() - step.startedAt);
  }

  moduleEnded(pluginId: string, moduleId: string, failure?: StartupFailure): void {
    this.#modulesOf(pluginId).push({ moduleId, resultAt: new Date(), ...(failure && { failure }) });
  }

  pluginEnded(pluginId: string, failure?: StartupFailure): void {
    const modules = this.#modulesOf(pluginId);
    this.#plugins.push({ pluginId, resultAt: new Date(), ...(failure && { failure }), modules });
  }

  /** Turns the success of a module into a failure; tells whether there was a success to turn. */
  amendModule(pluginId: string, moduleId: string, failure: StartupFailure): boolean {
    const result = this.#modulesOf(pluginId).find((each) => each.moduleId === moduleId);
    if (!result || result.failure) return false;
    result.failure = failure;
    return true;
  }

  /** The report as of now. A failure that is not allowed makes the outcome a failure. */
  report(outcome: StartupReport['outcome']): StartupReport {
    return {
      beginAt: this.#beginAt,
      resultAt: new Date(),
      outcome,
      plugins: this.#plugins,
      steps: this.#steps.toSorted((a, b) => a.startedAt - b.startedAt),
    };
  }

  #modulesOf(pluginId: string): Mutable<ModuleStartupResult>[] {
    let modules = this.#modules.get(pluginId);
    if (!modules) this.#modules.set(pluginId, (modules = []));
    return modules;
  }

  #add({ error, startedAt, ...step }: RecordedStep, duration: number): void {
    this.#steps.push({
      ...step,
      startedAt: startedAt - this.#begin,
      duration,
      ...(error === undefined ? { outcome: 'success' } : { outcome: 'failure', reason: messageOf(error) }),
    });
  }
}
