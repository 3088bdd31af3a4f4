import type { ChildProcess } from 'node:child_process';
import { processFailed } from '../errors.ts';
import { describeEnd } from './describe-end.ts';
import type { PrefixedLines } from './prefixed-lines.ts';
import type { ProcessPrefixes } from './process-prefixes.ts';
import { SupervisedProcess, type ProcessEnd, type ProcessSpec } from './supervised-process.ts';

/** What a {@link Supervisor} writes to. */
export interface SupervisorOutput {
  readonly stdout: PrefixedLines;
  readonly stderr: PrefixedLines;
  readonly prefixes: ProcessPrefixes;
}

/** Signals this close together are one: npm passes on the Ctrl-C that the terminal has already sent. */
const SAME_SIGNAL_MS = 500;

/** Runs several processes, restarts those that end, and stops all together. */
export class Supervisor {
  readonly #processes: readonly SupervisedProcess[];
  readonly #output: SupervisorOutput;
  readonly #waiting: Set<string>;
  readonly #onAllReady: () => string;
  #failure: { readonly name: string; readonly end: ProcessEnd } | undefined;
  #signalledAt: number | undefined;
  #signals = 0;
  #isStopping = false;

  /** @param onAllReady - called once all processes have been up; gives the line that says so */
  constructor(specs: readonly ProcessSpec[], output: SupervisorOutput, onAllReady: () => string) {
    this.#output = output;
    this.#onAllReady = onAllReady;
    this.#waiting = new Set(specs.map(({ name }) => name));
    this.#processes = specs.map((spec) => this.#supervise(spec));
  }

  /**
   * Runs everything until a signal, and waits for all processes to have stopped.
   *
   * @returns whether all stopped as they should
   * @throws BulkheadError `ERR_CLI_PROCESS_FAILED` when one fails at its first start; the others are stopped then
   */
  async run(): Promise<boolean> {
    const onSignal = (signal: NodeJS.Signals): void => this.#onSignal(signal);
    for (const signal of SIGNALS) process.on(signal, onSignal);
    try {
      const ends = await Promise.all(this.#processes.map((each) => each.run()));
      if (this.#failure) throw processFailed(this.#failure.name, describeEnd(this.#failure.end));
      return ends.every(({ code }) => code === 0);
    } finally {
      for (const signal of SIGNALS) process.off(signal, onSignal);
    }
  }

  #supervise(spec: ProcessSpec): SupervisedProcess {
    const { name } = spec;
    return new SupervisedProcess(spec, {
      onStart: (child) => this.#copyOutput(name, child),
      onReady: () => this.#onReady(name),
      onRestart: (end, delayMs) =>
        this.#tell(`${name} ${describeEnd(end)}; it is started again in ${(delayMs / 1_000).toFixed(1)} s`),
      onFailure: (end) => {
        this.#failure ??= { name, end };
        this.#stop('SIGTERM');
      },
    });
  }

  #copyOutput(name: string, { stdout, stderr }: ChildProcess): void {
    const { prefixes, ...streams } = this.#output;
    // What the pipes themselves report, the end of the process tells better.
    if (stdout) void streams.stdout.copy(prefixes.of(name), stdout).catch(() => {});
    if (stderr) void streams.stderr.copy(prefixes.of(name), stderr).catch(() => {});
  }

  #onReady(name: string): void {
    if (this.#isStopping) return;
    if (!this.#waiting.delete(name)) this.#tell(`${name} is up again`);
    else if (this.#waiting.size === 0) this.#tell(this.#onAllReady());
  }

  #onSignal(signal: NodeJS.Signals): void {
    const now = performance.now();
    if (this.#signalledAt !== undefined && now - this.#signalledAt < SAME_SIGNAL_MS) return;
    this.#signalledAt = now;
    this.#signals += 1;
    if (this.#signals === 1) this.#tell(`Stopping all because of ${signal}; send it again to force an end`);
    // The second SIGTERM makes a host end at once. One that does not even do that is past asking.
    this.#stop(this.#signals > 2 ? 'SIGKILL' : 'SIGTERM');
  }

  #stop(signal: NodeJS.Signals): void {
    this.#isStopping = true;
    for (const each of this.#processes) each.stop(signal);
  }

  #tell(line: string): void {
    const { stdout, prefixes } = this.#output;
    void stdout.write(prefixes.of('bulkhead'), [line]);
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
