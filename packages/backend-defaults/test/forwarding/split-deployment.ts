import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { JsonObject } from '@bulkhead/types';
import { reservePorts } from '../reserve-ports.ts';

const SCRIPT = join(import.meta.dirname, 'process.ts');

/** One process of a deployment, which may be stopped and started again. */
export class DeployedProcess {
  readonly #argument: string;
  readonly #onProcessed: (body: string) => void;
  #child: ChildProcess | undefined;

  constructor(argument: JsonObject, onProcessed: (body: string) => void) {
    this.#argument = JSON.stringify(argument);
    this.#onProcessed = onProcessed;
  }

  async start(): Promise<void> {
    const child = fork(SCRIPT, [this.#argument], {
      execArgv: ['--conditions=@bulkhead/source'],
      env: { ...process.env, NODE_ENV: 'production', LOG_LEVEL: 'silent' },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child = child;
    await new Promise<void>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`A process ended with ${code} before it was ready`)));
      child.on('message', (message) => (message === 'ready' ? resolve() : this.#onProcessed(message as string)));
    });
  }

  /** @returns the exit code, `null` when the signal has ended the process */
  async stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return null;
    // Not 'exit': messages may come after it.
    const closed = once(child, 'close') as Promise<[number | null]>;
    child.kill(signal);
    return (await closed)[0];
  }
}

/** A door and two replicas of a plugin behind it. */
export interface SplitDeployment extends AsyncDisposable {
  readonly url: string;
  readonly replicas: readonly [DeployedProcess, DeployedProcess];
  /** How often each body was processed. */
  readonly processed: ReadonlyMap<string, number>;
}

/** Starts a door that forwards, and two replicas of the plugin `echo`. */
export async function startSplitDeployment(): Promise<SplitDeployment> {
  const [door, first, second] = (await reservePorts(3)).map((port) => `http://127.0.0.1:${port}`);
  const config = {
    backend: { auth: { dangerouslyDisableDefaultAuthPolicy: true } },
    topology: {
      edge: { baseUrl: door!, plugins: ['door'], forwards: true },
      echo: { replicas: [first!, second!], plugins: ['echo'] },
    },
  };
  const processed = new Map<string, number>();
  const count = (body: string): void => void processed.set(body, (processed.get(body) ?? 0) + 1);
  const edge = new DeployedProcess({ config, name: 'edge' }, count);
  const replicaOf = (replica: number): DeployedProcess => new DeployedProcess({ config, name: 'echo', replica }, count);
  const replicas = [replicaOf(1), replicaOf(2)] as const;
  await Promise.all([edge, ...replicas].map((process) => process.start()));
  return {
    url: door!,
    replicas,
    processed,
    async [Symbol.asyncDispose]() {
      await Promise.all([edge, ...replicas].map((process) => process.stop('SIGKILL')));
    },
  };
}
