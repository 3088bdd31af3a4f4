import { HttpError } from '@bulkhead/errors';
import type { CallResponse } from '../call.ts';
import type { CalledOperation } from '../client-operation.ts';
import { GATEWAY_STATUSES, readError } from '../decode/error-decoder.ts';
import { decodeResponse } from '../decode/response-decoder.ts';
import type { EncodedRequest } from '../encode/request-encoder.ts';
import { breakerOpen, type CallName } from '../errors.ts';
import type { Transport, TransportResponse } from '../transport.ts';
import type { CallLimits } from './call-limits.ts';
import type { CallPolicy } from './call-policy.ts';
import type { CircuitBreaker, Permit } from './circuit-breaker.ts';
import { failureOf, type Failure } from './failure.ts';
import { backoffBefore, isSafeToRepeat, parseRetryAfter } from './retries.ts';
import type { RetryBudget } from './retry-budget.ts';

/** Says that the other side has refused a request before it began to process it, so that any may be sent again. */
export const UNPROCESSED_HEADER = 'x-bulkhead-unprocessed';
/** Tells the other side how long the answer is waited for, in milliseconds. */
export const TIMEOUT_HEADER = 'x-request-timeout-ms';
/** What the other side answers, too, when it has not managed in the time that it was given. */
const GATEWAY_TIMEOUT = 504;

/** What all calls to one target share. */
export interface CallTarget {
  readonly transport: Transport;
  readonly breaker: CircuitBreaker;
  readonly budget: RetryBudget;
  readonly policy: CallPolicy;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** Told before an attempt is made again. */
  readonly onRetry?: (failure: Failure, operation: CalledOperation) => void;
}

/** What is sent. */
export interface OutgoingRequest {
  readonly operation: CalledOperation;
  readonly encoded: EncodedRequest;
  readonly headers: Record<string, string>;
  /** How often the call is repeated at most. */
  readonly retries: number;
}

/** One call on its way: attempts, and pauses between them, until there is an answer or the time is up. */
export class OngoingCall {
  readonly #target: CallTarget;
  readonly #request: OutgoingRequest;
  readonly #limits: CallLimits;
  readonly #name: CallName;
  readonly #tried = new Set<string>();

  constructor(target: CallTarget, request: OutgoingRequest, { limits, name }: { limits: CallLimits; name: CallName }) {
    this.#target = target;
    this.#request = request;
    this.#limits = limits;
    this.#name = name;
  }

  /** @throws what came last if no attempt has succeeded */
  async run(): Promise<CallResponse> {
    this.#target.budget.deposit();
    this.#limits.check();
    let permit = this.#target.breaker.admit();
    if (typeof permit === 'number') {
      throw breakerOpen(this.#name, permit);
    }
    for (let attempt = 0; ; attempt++) {
      const result = await this.#attempt(permit);
      if (!('error' in result)) {
        return result;
      }
      const pause = this.#pauseAfter(result, attempt);
      if (pause === undefined) {
        throw result.error;
      }
      await this.#limits.pause(pause);
      permit = this.#target.breaker.admit();
      if (typeof permit === 'number') {
        throw result.error;
      }
      this.#target.onRetry?.(result, this.#request.operation);
    }
  }

  /** @returns `undefined` if there is to be no other attempt */
  #pauseAfter(failure: Failure, attempt: number): number | undefined {
    const { operation, encoded, retries } = this.#request;
    const { policy, budget, random } = this.#target;
    if (attempt >= retries || !encoded.isRepeatable || !isSafeToRepeat(operation.method, failure)) {
      return undefined;
    }
    const pause = backoffBefore(attempt, policy, { retryAfter: failure.retryAfter, random });
    return pause < this.#limits.remaining && budget.withdraw() ? pause : undefined;
  }

  async #attempt(permit: Permit): Promise<CallResponse | Failure> {
    const granted = this.#limits.remaining;
    try {
      const response = await this.#send();
      const result = await this.#read(response);
      if (response.status === GATEWAY_TIMEOUT) {
        this.#reportTimeout(permit, granted);
      } else if (GATEWAY_STATUSES.has(response.status)) {
        permit.failed();
      } else {
        permit.succeeded();
      }
      return result;
    } catch (thrown) {
      if (this.#limits.isOver) {
        if (this.#limits.isTimedOut) {
          this.#reportTimeout(permit, granted);
        } else {
          permit.abandoned();
        }
        throw this.#limits.error();
      }
      if (thrown instanceof HttpError) {
        // There was an answer, but none that its contract names.
        permit.succeeded();
        return { type: 'final', error: thrown };
      }
      permit.failed();
      return failureOf(thrown, this.#name);
    }
  }

  /**
   * A caller that gives a target next to no time must not be able to make it look as if it were down, whichever of the
   * two notices first that the time is up.
   */
  #reportTimeout(permit: Permit, granted: number): void {
    if (granted >= this.#target.policy.timeout / 2) {
      permit.failed();
    } else {
      permit.abandoned();
    }
  }

  #send(): Promise<TransportResponse> {
    const { operation, encoded, headers } = this.#request;
    const { remaining } = this.#limits;
    // A stream goes on for longer than its beginning may take.
    const isLimited = Number.isFinite(remaining) && !encoded.isStreamed;
    return this.#target.transport.send({
      method: operation.method,
      path: encoded.path,
      headers: isLimited ? { ...headers, [TIMEOUT_HEADER]: String(Math.max(1, Math.floor(remaining))) } : headers,
      body: encoded.body,
      end: this.#limits,
      tried: this.#tried,
    });
  }

  async #read(response: TransportResponse): Promise<CallResponse | Failure> {
    const { operation } = this.#request;
    const { status, headers } = response;
    if (status < 400) {
      return decodeResponse(operation, response, this.#name);
    }
    const error = await readError(operation, response, this.#name);
    const isUnprocessed = headers[UNPROCESSED_HEADER] !== undefined;
    return {
      type: isUnprocessed ? 'unprocessed' : GATEWAY_STATUSES.has(status) ? 'gateway' : 'final',
      error,
      retryAfter: parseRetryAfter(headers['retry-after'], Date.now()),
    };
  }
}
