import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { SupervisedMessage } from '@bulkhead/backend-defaults';
import { sameCommand } from '../host/start-arguments.ts';
import { FORGIVEN_AFTER_MS, restartDelay } from './restart-delay.ts';

/** One of the processes that are to run. */
export interface ProcessSpec {
  /** How log lines call it. */
  readonly name: string;
  /** The command line behind `bulkhead`. */
  readonly args: readonly string[];
}

/** How a process ended. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** What becomes of a process. */
export interface ProcessObserver {
  /** It has been started; what it writes should be read. */
  onStart(child: ChildProcess): void;
  /** It is up. */
  onReady(url: string): void;
  /** It has ended and will be started again. */
  onRestart(end: ProcessEnd, delayMs: number): void;
  /** It has ended on its own account before it was ever up: to start it again would be of no use. */
  onFailure(end: ProcessEnd): void;
}

/** How long what a process has written may take to arrive once it has ended, in milliseconds. */
const LAST_WORDS_MS = 1_000;

/** Keeps one process running: whenever it ends, it is started again, each time a little later. */
export class SupervisedProcess {
  readonly spec: ProcessSpec;
  readonly #observer: ProcessObserver;
  readonly #stopped = new AbortController();
  #child: ChildProcess | undefined;
  #wasReady = false;
  #attempts = 0;
  #readySince = Infinity;

  constructor(spec: ProcessSpec, observer: ProcessObserver) {
    this.spec = spec;
    this.#observer = observer;
  }

  /** Runs the process until {@link stop}, or until it fails for good. Resolves to how it ended last. */
  async run(): Promise<ProcessEnd> {
    for (;;) {
      const end = await this.#runOnce();
      if (this.#stopped.signal.aborted) return end;
      // A fault in code or configuration shows at the first start. Later, what it needs may just be gone for a while.
      if (!this.#wasReady && end.code !== null && end.code !== 0) {
        this.#observer.onFailure(end);
        return end;
      }
      if (performance.now() - this.#readySince > FORGIVEN_AFTER_MS) this.#attempts = 0;
      const delayMs = restartDelay(++this.#attempts, Math.random());
      this.#observer.onRestart(end, delayMs);
      await delay(delayMs, undefined, { signal: this.#stopped.signal }).catch(() => {});
      if (this.#stopped.signal.aborted) return { code: 0, signal: null };
    }
  }

  /** Asks the process to stop, and starts it no more. */
  stop(signal: NodeJS.Signals): void {
    this.#stopped.abort();
    this.#child?.kill(signal);
  }

  async #runOnce(): Promise<ProcessEnd> {
    this.#readySince = Infinity;
    const [command, args] = sameCommand(this.spec.args);
    const { BULKHEAD_PROCESS: _, BULKHEAD_REPLICA: __, ...env } = process.env;
    const child = spawn(command, args, {
      env: { ...env, BULKHEAD_SUPERVISED: '1' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // A terminal sends Ctrl-C to the whole group; only the supervisor is to hear it, and tell the others once.
      detached: true,
    });
    this.#child = child;
    child.on('message', (message: SupervisedMessage) => {
      if (message.type !== 'bulkhead:ready') return;
      this.#wasReady = true;
      this.#readySince = performance.now();
      this.#observer.onReady(message.url);
    });
    this.#observer.onStart(child);
    const end = await endOf(child);
    this.#child = undefined;
    return end;
  }
}

async function endOf(child: ChildProcess): Promise<ProcessEnd> {
  const closed = once(child, 'close').catch(() => {});
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    // What it has started in turn, and left behind, may hold the pipe open for ever.
    await Promise.race([closed, delay(LAST_WORDS_MS, undefined, { ref: false })]);
    return { code, signal };
  } catch {
    // It could not be started at all, for want of memory or processes, which may pass.
    return { code: null, signal: null };
  }
}
