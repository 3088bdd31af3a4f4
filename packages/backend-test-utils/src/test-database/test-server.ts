// Only built-in modules: jest's global setup loads this file outside of jest, where workspace packages lead to builds.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How to reach the server as somebody who may make databases and roles. */
export interface TestServerAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** What the supervisor says once the server runs, or does not. */
export type SupervisorReport =
  | { readonly ok: true; readonly address: TestServerAddress }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly hint?: string };

/** A throw-away server that runs as long as this process. */
export interface TestServer {
  readonly report: SupervisorReport;
  /** Stops the server and deletes its data. */
  stop(): Promise<void>;
}

/** Starts a server of this process's own. Does not keep the process alive. */
export async function startTestServer(): Promise<TestServer> {
  const extension = extname(import.meta.url);
  const script = fileURLToPath(new URL(`./test-server-supervisor${extension}`, import.meta.url));
  const conditions = extension === '.ts' ? ['--conditions=@bulkhead/source'] : [];
  // In a session of its own: Ctrl-C must not take the server from tests that are being ended.
  const child = spawn(process.execPath, [...conditions, script], {
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const exited = once(child, 'exit');
  exited.catch(() => undefined);
  const report = await Promise.race([readReport(child.stdout), exited.then(deadSupervisor)]);
  child.unref();
  unref(child.stdin);
  unref(child.stdout);
  return {
    report,
    stop: async () => {
      child.ref();
      child.stdin.end();
      await exited;
    },
  };
}

async function readReport(stdout: AsyncIterable<Buffer>): Promise<SupervisorReport> {
  let text = '';
  for await (const chunk of stdout) {
    text += chunk.toString();
    if (text.includes('\n')) {
      return JSON.parse(text) as SupervisorReport;
    }
  }
  return deadSupervisor();
}

function deadSupervisor(): SupervisorReport {
  return {
    ok: false,
    code: 'ERR_TEST_DATABASE_SERVER',
    message: 'The process that runs the test server ended at once.',
  };
}

function unref(stream: unknown): void {
  (stream as { unref?: () => void }).unref?.();
}
