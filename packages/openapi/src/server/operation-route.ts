import type { IncomingMessage } from 'node:http';
import type {
  Credentials,
  HttpRoute,
  HttpRouteAccess,
  HttpRouteCall,
  LoggerService,
} from '@bulkhead/backend-plugin-api';
import type { MaybePromise } from '@bulkhead/types';
import { BodyReader, type RequestBody } from './body/body-reader.ts';
import { tellEnd } from './body/receive-bytes.ts';
import { requestBreaksContract } from './errors.ts';
import type { HandlerContext } from './handler.ts';
import { ParametersReader, type ParameterValues } from './parameters/parameters-reader.ts';
import { deprecationHeader, sunsetHeader } from './response/response-headers.ts';
import { ResponseWriter } from './response/response-writer.ts';
import type { ServedOperation } from './server-operation.ts';
import { Violations } from './violations/violations.ts';

/** A handler as far as it is known when it is called: generated types know the rest. */
export type AnyHandler = (request: HandlerRequest) => unknown;

/** A request on its way to its handler. */
interface IncomingCall {
  readonly call: HttpRouteCall;
  readonly parameters: ParameterValues;
  readonly violations: Violations;
}

/** Serves one operation of a contract: reads and checks the request, calls the handler, checks and sends what it returns. */
export class OperationRoute implements HttpRoute {
  readonly operationId: string;
  readonly access: HttpRouteAccess;
  readonly #handler: AnyHandler;
  readonly #parameters: ParametersReader;
  readonly #body: BodyReader;
  readonly #responses: ResponseWriter;
  /** Sent with every response, errors included. */
  readonly #headers: readonly (readonly [name: string, value: string])[];

  constructor(operation: ServedOperation, handler: AnyHandler) {
    this.operationId = operation.operationId;
    this.access = operation.access;
    this.#handler = handler;
    this.#parameters = new ParametersReader(operation);
    this.#body = new BodyReader(operation);
    this.#responses = new ResponseWriter(operation);
    this.#headers = headersOf(operation);
  }

  handle(call: HttpRouteCall): MaybePromise<void> {
    for (const [name, value] of this.#headers) {
      call.response.setHeader(name, value);
    }
    const violations = new Violations();
    const parameters = this.#parameters.read(call, violations);
    const body = this.#body.read(call.request, violations);
    const incoming: IncomingCall = { call, parameters, violations };
    return body instanceof Promise ? body.then((read) => this.#serve(incoming, read)) : this.#serve(incoming, body);
  }

  #serve({ call, parameters, violations }: IncomingCall, body: RequestBody): MaybePromise<void> {
    if (violations.count > 0) {
      throw requestBreaksContract(this.operationId, violations);
    }
    const given = this.#handler(new HandlerRequest(call, parameters, body));
    return isThenable(given)
      ? given.then((response) => this.#responses.write(call, response))
      : this.#responses.write(call, given);
  }
}

/** What a handler is called with. */
class HandlerRequest implements HandlerContext {
  readonly path: unknown;
  readonly query: unknown;
  readonly headers: unknown;
  readonly cookies: unknown;
  readonly body: unknown;
  readonly contentType: string | undefined;
  readonly credentials: Credentials;
  readonly requestId: string;
  readonly logger: LoggerService;
  readonly mountPath: string;
  readonly #call: HttpRouteCall;

  constructor(call: HttpRouteCall, parameters: ParameterValues, { body, contentType }: RequestBody) {
    this.path = parameters.path;
    this.query = parameters.query;
    this.headers = parameters.headers;
    this.cookies = parameters.cookies;
    this.body = body;
    this.contentType = contentType;
    this.credentials = call.credentials;
    this.requestId = call.requestId;
    this.logger = call.logger;
    this.mountPath = call.mountPath;
    this.#call = call;
  }

  /** Made on first use: most handlers do without. */
  get signal(): AbortSignal {
    return this.#call.signal;
  }

  /** Whoever looks at it finds that its body ends. */
  get request(): IncomingMessage {
    tellEnd(this.#call.request);
    return this.#call.request;
  }
}

function headersOf({ deprecated, sunset }: ServedOperation): readonly (readonly [string, string])[] {
  const headers: [string, string][] = [];
  if (deprecated !== undefined) {
    headers.push(['Deprecation', deprecationHeader(deprecated)]);
  }
  const date = sunset === undefined ? undefined : sunsetHeader(sunset);
  if (date !== undefined) {
    headers.push(['Sunset', date]);
  }
  return headers;
}

function isThenable(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
