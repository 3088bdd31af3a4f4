import type { Socket } from 'node:net';
import { DirectConnections, type DirectConnectionsOptions } from '../../src/upstreams/direct/direct-connections.ts';
import type { DirectFailure, DirectReceiver, DirectRequest } from '../../src/upstreams/direct/direct-request.ts';
import { startRawTarget, until, type RawTarget } from './forwarding-harness.ts';

/** What became of a request. */
export class Outcome implements DirectReceiver {
  status: number | undefined;
  headers: readonly string[] = [];
  body = '';
  isComplete = false;
  failure: DirectFailure | undefined;
  code: unknown;
  /** Chunks that are too much, until `resume` is called. */
  isFull = false;
  resume: (() => void) | undefined;

  onSent(): void {}
  onHead(status: number, headers: readonly string[], resume: () => void): void {
    this.status = status;
    this.headers = headers;
    this.resume = resume;
  }
  onChunk(chunk: Buffer): boolean {
    this.body += chunk.toString('latin1');
    return !this.isFull;
  }
  onEnd(): void {
    this.isComplete = true;
  }
  onFailure(failure: DirectFailure, cause: Error): void {
    this.failure = failure;
    this.code = (cause as { code?: unknown }).code;
  }
}

/** The answer of most targets. */
export const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

/** What most tests send. */
export const REQUEST: DirectRequest = {
  method: 'GET',
  path: '/x?y',
  lines: 'X-A: 1\r\n',
  body: null,
  headersTimeout: 0,
  deadline: Infinity,
  introduction: 'none',
};

/** Direct connections to a target that answers byte by byte as a test says. */
export class DirectHarness implements AsyncDisposable {
  readonly target: RawTarget;
  /** Why connections are gone. */
  readonly gone: string[] = [];
  connections!: DirectConnections;
  /** What the target does with what it receives. */
  answer: (socket: Socket, request: string) => void = () => undefined;

  private constructor(target: RawTarget) {
    this.target = target;
    this.connect();
  }

  static async start(): Promise<DirectHarness> {
    const harness: DirectHarness = new DirectHarness(
      await startRawTarget((socket) => socket.on('data', (bytes) => harness.answer(socket, bytes.toString('latin1')))),
    );
    return harness;
  }

  /** Begins afresh, with other times or to another target. */
  connect(times: Partial<DirectConnectionsOptions> = {}, origin: string = this.target.origin): void {
    const { hostname, port, host } = new URL(origin);
    this.gone.length = 0;
    this.connections = new DirectConnections(
      {
        host: hostname,
        port: Number(port),
        authority: host,
        connectTimeout: 5_000,
        bodyTimeout: 0,
        keepAliveTimeout: 4_000,
        questionTimeout: 60_000,
        ...times,
      },
      (reason) => this.gone.push(reason),
    );
  }

  send(method = 'GET', options: Partial<DirectRequest> = {}): Outcome {
    const outcome = new Outcome();
    this.connections.send({ ...REQUEST, method, ...options }, outcome);
    return outcome;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.connections.destroy();
    await this.target[Symbol.asyncDispose]();
  }
}

/** Waits until it is known what becomes of a request. */
export async function over(outcome: Outcome): Promise<Outcome> {
  await until(() => outcome.isComplete || outcome.failure !== undefined);
  return outcome;
}
