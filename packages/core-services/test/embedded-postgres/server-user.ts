import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { EmbeddedPostgresOptions, PostgresAddress } from '../../src/embedded-postgres/index.ts';

/** What the process of a {@link ServerUser} reports. */
export interface ServerReport {
  readonly progress?: string;
  readonly pid?: number;
  readonly dataDir?: string;
  readonly relocated?: boolean;
  readonly admin?: PostgresAddress;
  readonly answer?: number;
  readonly code?: string;
  readonly message?: string;
  readonly hint?: string;
}

/** A process that uses an embedded server. */
export class ServerUser {
  readonly process: ChildProcess;
  readonly exited: Promise<unknown>;
  readonly #reports: AsyncIterator<string>;

  /** @param options - for the process; by default in a group of its own, as a terminal would put it */
  constructor(server: EmbeddedPostgresOptions, options: SpawnOptions = {}) {
    const script = join(import.meta.dirname, 'fixtures', 'use-server.ts');
    this.process = spawn(process.execPath, ['--conditions=@bulkhead/source', script, JSON.stringify(server)], {
      detached: true,
      ...options,
      env: { ...process.env, NODE_OPTIONS: '', ...options.env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.exited = once(this.process, 'exit');
    this.#reports = createInterface({ input: this.process.stdout! })[Symbol.asyncIterator]();
  }

  /** The next report, those on progress left out. */
  async next(): Promise<ServerReport> {
    for (;;) {
      const { value, done } = (await this.#reports.next()) as IteratorResult<string, undefined>;
      const report = done ? {} : (JSON.parse(value) as ServerReport);
      if (report.progress === undefined) {
        return report;
      }
    }
  }

  /** As Ctrl-C at a terminal: the signal goes to the whole group. */
  async interrupt(): Promise<ServerReport> {
    process.kill(-this.process.pid!, 'SIGINT');
    const report = await this.next();
    await this.exited;
    return report;
  }

  /** As a crash. */
  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.exited;
  }
}
