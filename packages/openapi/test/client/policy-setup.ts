import {
  DEFAULT_CALL_POLICY,
  HttpConnection,
  type CalledOperation,
  type CallOptions,
  type CallPolicy,
  type CallResponse,
} from '../../src/client/index.ts';
import { FakeClock } from './fake-clock.ts';
import { ScriptedTransport, type Script } from './scripted-transport.ts';

export const JSON_CONTENT = [{ mediaType: 'application/json', kind: 'json' }] as const;
export const GET: CalledOperation = {
  operationId: 'getIt',
  method: 'GET',
  path: '/it',
  parameters: [],
  responses: { 200: JSON_CONTENT },
};
export const POST: CalledOperation = {
  ...GET,
  operationId: 'makeIt',
  method: 'POST',
  body: { required: false, contents: JSON_CONTENT },
};
export const UPLOAD: CalledOperation = {
  ...GET,
  operationId: 'sendIt',
  method: 'PUT',
  body: { required: true, contents: [{ mediaType: 'application/octet-stream', kind: 'binary' }] },
};
export const FOLLOW: CalledOperation = {
  ...GET,
  operationId: 'followIt',
  responses: { 200: [{ mediaType: 'text/event-stream', kind: 'events' }] },
};
export const OK = { status: 200, body: { ok: true } };
export const BUSY = { status: 503, body: {} };

export interface Setup {
  readonly policy?: Partial<CallPolicy>;
  /** Milliseconds that the caller has left. */
  readonly deadlineIn?: number;
  readonly random?: number;
}

export function setUp(script: readonly Script[], { policy, deadlineIn, random = 0.5 }: Setup = {}) {
  const clock = new FakeClock();
  const transport = new ScriptedTransport(...script);
  const retries: string[] = [];
  const breaker: boolean[] = [];
  const deadline = deadlineIn === undefined ? undefined : clock.now() + deadlineIn;
  const connection = new HttpConnection({
    target: "plugin 'todo'",
    transport,
    policy: { ...DEFAULT_CALL_POLICY, ...policy },
    authorize: () => 'token',
    context: () => ({ headers: { 'x-request-id': 'r1' }, deadline }),
    observer: { onRetry: ({ type }) => void retries.push(type), onBreaker: (isOpen) => void breaker.push(isOpen) },
    clock,
    random: () => random,
  });
  const call = (operation = GET, options?: CallOptions, body?: unknown): Call => {
    const outcome: Call = { value: connection.call(operation, body === undefined ? {} : { body }, options) };
    outcome.value.catch((error: unknown) => {
      outcome.error = error as Call['error'];
    });
    return outcome;
  };
  return { clock, transport, retries, breaker, call };
}

export interface Call {
  readonly value: Promise<CallResponse>;
  error?: Error & { readonly code: string; readonly statusCode: number };
}
