import type { StartupReport } from '@bulkhead/backend-plugin-api';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** What to start. */
export interface HostProcessOptions {
  /** A file below `compat/`. */
  readonly file: string;
  /** The packages that it adds. */
  readonly features: readonly string[];
  /** The files of its configuration, relative to `compat/`; later ones win. */
  readonly configs: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Shows what it logs. */
  readonly verbose?: boolean;
}

/** What a host tells the process that started it. */
export interface HostMessage {
  readonly ready: true;
  readonly report: StartupReport;
}

/** A host in a process of its own. */
export class HostProcess implements AsyncDisposable {
  /** How the start went. */
  readonly report: StartupReport;
  readonly #child: ChildProcess;
  readonly #output: string[];

  private constructor(child: ChildProcess, output: string[], report: StartupReport) {
    this.#child = child;
    this.#output = output;
    this.report = report;
  }

  /** Starts a host and waits until it is ready. */
  static async start(options: HostProcessOptions): Promise<HostProcess> {
    const output: string[] = [];
    const configs = options.configs.flatMap((config) => ['--config', join(ROOT, config)]);
    const child = fork(join(ROOT, options.file), configs, {
      cwd: ROOT,
      env: { ...process.env, NO_COLOR: '1', ...options.env, COMPAT_FEATURES: JSON.stringify(options.features) },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        output.push(chunk);
        if (options.verbose) process.stderr.write(chunk);
      });
    }
    const { report } = await untilReady(child, output);
    return new HostProcess(child, output, report);
  }

  /** What it has printed up to now. */
  output(): string {
    return this.#output.join('');
  }

  /** Sends a signal and waits for the end. @returns the exit code */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const exit = once(this.#child, 'exit');
      this.#child.kill(signal);
      await exit;
    }
    return this.#child.exitCode;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end('SIGKILL');
  }
}

function untilReady(child: ChildProcess, output: readonly string[]): Promise<HostMessage> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as HostMessage));
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(new Error(`The host ended with ${code ?? signal} before it was ready:\n${output.join('')}`)),
    );
  });
}
