import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Credentials, HttpRouteCall, HttpRoutes, LoggerService } from '@bulkhead/backend-plugin-api';
import { statusCodeOf, toErrorBody, type ErrorBody } from '@bulkhead/errors';
import type { JsonObject } from '@bulkhead/types';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { createRoutes, type ServedOperation, type Validator } from '../src/server/index.ts';

/** An operation of which only the interesting part is said. */
export type OperationPart = Partial<ServedOperation> & Pick<ServedOperation, 'path'>;

/** Compiles a schema as generated code has it. */
export function compile(schema: JsonObject): Validator {
  const ajv = new Ajv2020({ allErrors: true, useDefaults: true, strict: false, validateFormats: false });
  return ajv.compile(schema) as Validator;
}

/** A response of kind `json`. */
export function json(schema?: JsonObject): ServedOperation['responses'][`200`] {
  return { contents: [{ mediaType: 'application/json', kind: 'json', check: schema && compile(schema) }] };
}

/** An operation named `operate` that anybody may call and that answers any JSON. */
export function operation(part: OperationPart): ServedOperation {
  return {
    operationId: 'operate',
    method: 'GET',
    parameters: [],
    access: { credentials: 'none', principals: [], cookie: false },
    responses: { 200: json() },
    ...part,
  };
}

type AnyHandler = (request: never) => unknown;

/** How {@link serveOperation} may differ. */
export interface ServeOptions {
  readonly development?: boolean;
}

/** A server that knows one operation and nothing else of what a host does. */
export interface ContractServer {
  readonly url: string;
  readonly port: number;
  /** What failed, in order. */
  readonly failures: unknown[];
  readonly warnings: { readonly message: string; readonly meta: unknown }[];
  stop(): Promise<void>;
}

/** Serves one operation. */
export async function serveOperation(
  part: OperationPart,
  handler: AnyHandler,
  options: ServeOptions = {},
): Promise<ContractServer> {
  return serveRoutes(
    createRoutes({ operations: [operation(part)], document: () => ({}) }, { operate: handler }),
    options,
  );
}

/** Serves routes. */
export async function serveRoutes(
  routes: HttpRoutes,
  { development = true }: ServeOptions = {},
): Promise<ContractServer> {
  const failures: unknown[] = [];
  const warnings: { message: string; meta: unknown }[] = [];
  const logger = {
    warn: (message: string, meta: unknown) => void warnings.push({ message, meta }),
  } as unknown as LoggerService;
  const server = createServer((request, response) => {
    const fail = (error: unknown): void => {
      failures.push(error);
      answerError(response, error, development);
    };
    void handle(routes, createCall({ request, response, logger, development, fail }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, failures, warnings, stop: () => stop(server) };
}

async function handle(routes: HttpRoutes, call: Omit<HttpRouteCall, 'pathValues'>): Promise<void> {
  const [path = '/'] = call.request.url!.split('?');
  const match = routes.find(call.request.method!, path);
  if (!match) {
    call.response.writeHead(404).end();
    return;
  }
  try {
    // `call` has getters, which a spread would read.
    await match.route.handle(Object.assign(Object.create(call) as HttpRouteCall, { pathValues: match.pathValues }));
  } catch (error) {
    call.fail(error);
  }
}

function createCall(given: {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly logger: LoggerService;
  readonly development: boolean;
  readonly fail: (error: unknown) => void;
}): Omit<HttpRouteCall, 'pathValues'> {
  const { request, response } = given;
  let signal: AbortSignal | undefined;
  return {
    ...given,
    query: request.url!.split('?').slice(1).join('?'),
    credentials: { principal: { type: 'none' } } as Credentials,
    pluginId: 'todo',
    mountPath: '/api/todo',
    requestId: 'request-1',
    get isAnswerable() {
      return !response.headersSent && !response.destroyed;
    },
    get signal() {
      const controller = new AbortController();
      response.once('close', () => controller.abort());
      return (signal ??= controller.signal);
    },
  };
}

function answerError(response: ServerResponse, error: unknown, development: boolean): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  response.removeHeader('content-length');
  response.writeHead(statusCodeOf(error), { 'content-type': 'application/json' });
  response.end(JSON.stringify(toErrorBody(error, { development })));
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** The error of a response. */
export async function errorOf(response: Response): Promise<ErrorBody['error'] & { readonly status: number }> {
  const body = (await response.json()) as ErrorBody;
  return { ...body.error, status: response.status };
}
