import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { freePort } from './host-process.ts';
import { onCore } from './reserved-core.ts';

/** nginx with one worker in front of something. */
export interface Nginx extends AsyncDisposable {
  readonly port: number;
  /** The process that does the work. */
  readonly pid: number;
}

/** Whether nginx is installed. */
export function hasNginx(): boolean {
  return spawnSync('nginx', ['-v'], { stdio: 'ignore' }).status === 0;
}

/** What nginx does with a request: forwards it to a port, on kept connections, or answers it always alike, with JSON. */
export type NginxTask = { readonly forwardTo: number } | { readonly answer: string };

/**
 * Starts nginx with one worker.
 *
 * @param core - the core to run on. Default: all that there are
 */
export async function startNginx(task: NginxTask, core?: number): Promise<Nginx> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'bulkhead-nginx-'));
  const config = join(folder, 'nginx.conf');
  await writeFile(config, configOf(folder, port, task));
  const [command, args] = onCore(core, 'nginx', ['-p', folder, '-c', config, '-e', join(folder, 'error.log')]);
  const child = spawn(command, args, { stdio: 'ignore' });
  const pid = await workerOf(child.pid as number);
  return {
    port,
    pid,
    async [Symbol.asyncDispose]() {
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      await exit;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function configOf(folder: string, port: number, task: NginxTask): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
worker_processes 1;
daemon off;
pid ${folder}/nginx.pid;
events { worker_connections 1024; }
http {
  access_log off;
  ${temporary.map((what) => `${what}_temp_path ${folder}/${what};`).join('\n  ')}
  keepalive_requests 100000000;
  ${'forwardTo' in task ? forwarding(port, task.forwardTo) : answering(port, task.answer)}
}
`;
}

function forwarding(port: number, to: number): string {
  return `
  upstream files { server 127.0.0.1:${to}; keepalive 128; keepalive_requests 100000000; }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://files;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Host $host;
      proxy_set_header X-Forwarded-Proto $scheme;
    }
  }`;
}

function answering(port: number, answer: string): string {
  return `
  server {
    listen 127.0.0.1:${port};
    default_type application/json;
    location / { return 200 '${answer}'; }
  }`;
}

/** Waits for the worker of an nginx, which it has when it listens. */
async function workerOf(pid: number): Promise<number> {
  for (;;) {
    const [worker] = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ');
    if (worker) return Number(worker);
    await setTimeout(20);
  }
}
