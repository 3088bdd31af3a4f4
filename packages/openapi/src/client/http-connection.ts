import type { CallOptions, CallRequest, CallResponse } from './call.ts';
import type { ClientConnection } from './client-connection.ts';
import type { CalledOperation } from './client-operation.ts';
import { unwritableParameter } from './errors.ts';
import { HEADER_TEXT } from './encode/parameter-writer.ts';
import { requestEncoderOf } from './encode/request-encoder.ts';
import { CallLimits } from './policy/call-limits.ts';
import type { CallPolicy } from './policy/call-policy.ts';
import { CircuitBreaker } from './policy/circuit-breaker.ts';
import { systemClock, type Clock } from './policy/clock.ts';
import { failureOf, type Failure } from './policy/failure.ts';
import { OngoingCall, type CallTarget } from './policy/ongoing-call.ts';
import { RetryBudget } from './policy/retry-budget.ts';
import { withStreamEnd } from './stream-end.ts';
import type { Transport } from './transport.ts';

/** What a call inherits from the code that makes it. */
export interface CallContext {
  /** Sent along, by name in lower case: `x-request-id`, `traceparent`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Until when whoever is behind the caller waits, by the clock. */
  readonly deadline?: number;
}

/** What is told about calls, for metrics. */
export interface CallObserver {
  /** A call is over. @param error - absent if it has succeeded */
  onEnd?(operation: CalledOperation, error?: unknown): void;
  /** An attempt is made again. */
  onRetry?(failure: Failure, operation: CalledOperation): void;
  /** Calls are stopped since too many have failed, or let through again. */
  onBreaker?(isOpen: boolean): void;
}

/** What {@link HttpConnection} is made of. */
export interface HttpConnectionOptions {
  /** What is called, as messages name it: `plugin 'todo'`. */
  readonly target: string;
  readonly transport: Transport;
  readonly policy: CallPolicy;
  /** The token for a call, if there is to be one. @throws if the call may not be made without */
  readonly authorize: (
    operation: CalledOperation,
    options: CallOptions,
  ) => Promise<string | undefined> | string | undefined;
  readonly context?: () => CallContext | undefined;
  readonly observer?: CallObserver;
  readonly clock?: Clock;
  /** From 0 up to 1. */
  readonly random?: () => number;
}

/** Calls one target over HTTP, however that is transported: writes requests, keeps to the policy, reads responses. */
export class HttpConnection implements ClientConnection {
  readonly #options: HttpConnectionOptions;
  readonly #clock: Clock;
  readonly #target: CallTarget;

  constructor(options: HttpConnectionOptions) {
    const { transport, policy, observer, clock = systemClock, random = Math.random } = options;
    this.#options = options;
    this.#clock = clock;
    this.#target = {
      transport,
      policy,
      random,
      breaker: new CircuitBreaker(policy, clock, (isOpen) => observer?.onBreaker?.(isOpen)),
      budget: new RetryBudget(clock),
      onRetry: (failure, operation) => observer?.onRetry?.(failure, operation),
    };
  }

  async call(operation: CalledOperation, request: CallRequest = {}, options: CallOptions = {}): Promise<CallResponse> {
    const { observer } = this.#options;
    try {
      const response = await this.#call(operation, request, options);
      observer?.onEnd?.(operation);
      return response;
    } catch (error) {
      observer?.onEnd?.(operation, error);
      throw error;
    }
  }

  async #call(operation: CalledOperation, request: CallRequest, options: CallOptions): Promise<CallResponse> {
    const { target, policy, context } = this.#options;
    const encoded = requestEncoderOf(operation).encode(request);
    const { headers, deadline } = context?.() ?? {};
    const name = { target, operationId: operation.operationId };
    const { timeout = policy.timeout, signal, retries = policy.retries } = options;
    const limits = new CallLimits({ name, clock: this.#clock, timeout, deadline, signal });
    let isStreaming = false;
    try {
      limits.check();
      const token = await this.#options.authorize(operation, options);
      const all = { ...headers, ...lowerCased(options.headers), ...encoded.headers };
      if (token !== undefined) {
        all.authorization = `Bearer ${token}`;
      }
      const outgoing = { operation, encoded, headers: all, retries: retries === false ? 0 : retries };
      const response = await new OngoingCall(this.#target, outgoing, { limits, name }).run();
      isStreaming = encoded.isStreamed && isStream(response.body);
      if (isStreaming) {
        limits.lift();
      }
      return isStreaming
        ? withStreamEnd(response, {
            onEnd: () => limits.end(),
            toError: (thrown) => (limits.isOver ? limits.error() : failureOf(thrown, name).error),
          })
        : response;
    } finally {
      if (!isStreaming) {
        limits.end();
      }
    }
  }
}

function isStream(body: unknown): boolean {
  return typeof body === 'object' && body !== null && (body instanceof ReadableStream || Symbol.asyncIterator in body);
}

/** @throws BulkheadError `ERR_CLIENT_PARAMETER` for what no transport would send, or worse, would */
function lowerCased(headers: CallOptions['headers']): Record<string, string> | undefined {
  if (!headers) {
    return undefined;
  }
  const checked: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (!HEADER_NAME.test(name) || !HEADER_TEXT.test(value)) {
      throw unwritableParameter(`/headers/${name}`, 'it is no header');
    }
    if (OF_THE_TRANSPORT.has(name.toLowerCase())) {
      throw unwritableParameter(`/headers/${name}`, 'it is for the transport to write');
    }
    checked[name.toLowerCase()] = value;
  }
  return checked;
}

/** RFC 9110, 5.1 */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;

/**
 * What frames a request, or is about a connection (RFC 9110, 7.6.1). Whoever passes on all headers of a request would
 * have calls that work within a process, and not between two.
 */
const OF_THE_TRANSPORT: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
