import type { HttpRouteCall } from '@bulkhead/backend-plugin-api';
import type { MaybePromise } from '@bulkhead/types';
import { findContent } from '../../contract/media-type.ts';
import { findResponse } from '../../contract/responses.ts';
import { noResponse } from '../errors.ts';
import type { ServedContent, ServedOperation, ServedResponse } from '../server-operation.ts';
import { checkValue } from '../violations/check-value.ts';
import { Violations } from '../violations/violations.ts';
import { reportBreach } from './breach.ts';
import { discardBody, sendEvents, sendJson, sendOther, sendStream } from './send-body.ts';
import { readHeaders, writeHeaders, type ResponseHeaders } from './response-headers.ts';

/** What a handler returns, as far as that is certain. */
interface HandlerResponse {
  readonly status: number;
  readonly headers?: unknown;
  readonly body?: unknown;
  readonly contentType?: string;
}

/** A response, checked. */
interface CheckedResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** Prepared for the way, where it is JSON. */
  readonly body: unknown;
  /** What the contract says about the body; `undefined` if there is none, or none that fits. */
  readonly content: ServedContent | undefined;
  /** The media type to send. */
  readonly contentType: string | undefined;
}

type CheckedBody = Pick<CheckedResponse, 'body' | 'content' | 'contentType'>;

/** Checks and sends what the handler of an operation returns. */
export class ResponseWriter {
  readonly #operation: ServedOperation;
  /** What the contract says about a status, looked up once. */
  readonly #described = new Map<number, ServedResponse | undefined>();

  constructor(operation: ServedOperation) {
    this.#operation = operation;
  }

  /** @throws BulkheadError when the response breaks the contract, or is none */
  write(call: HttpRouteCall, given: unknown): MaybePromise<void> {
    if (!isResponse(given)) {
      throw noResponse(this.#operation.operationId, given);
    }
    if (!call.isAnswerable) {
      discardBody(given.body);
      return;
    }
    let checked: CheckedResponse;
    try {
      checked = this.#check(call, given);
    } catch (error) {
      discardBody(given.body);
      throw error;
    }
    const { response } = call;
    response.statusCode = checked.status;
    writeHeaders(response, checked.headers);
    return sendChecked(call, checked, this.#operation.operationId);
  }

  #check(call: HttpRouteCall, given: HandlerResponse): CheckedResponse {
    const { status } = given;
    const headers = readHeaders(given.headers);
    const violations = new Violations();
    const described = this.#describe(status);
    let body: CheckedBody = { body: given.body, content: undefined, contentType: given.contentType };
    if (!described) {
      violations.add('/status', `must be one of ${Object.keys(this.#operation.responses).join(', ')}`);
    } else {
      if (described.checkHeaders) {
        checkValue(described.checkHeaders, headers, { base: '/headers', violations });
      }
      body = checkBody(described.contents, given, violations);
    }
    if (violations.count > 0) {
      reportBreach(call, { operationId: this.#operation.operationId, violations, given });
    }
    const { content, contentType } = body;
    return { status, headers, body: body.body, content, contentType };
  }

  #describe(status: number): ServedResponse | undefined {
    let described = this.#described.get(status);
    if (!described) {
      described = findResponse(this.#operation.responses, status);
      this.#described.set(status, described);
    }
    return described;
  }
}

function isResponse(given: unknown): given is HandlerResponse {
  if (typeof given !== 'object' || given === null) {
    return false;
  }
  const { status } = given as { status?: unknown };
  return typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599;
}

function checkBody(
  contents: readonly ServedContent[],
  { body, contentType }: HandlerResponse,
  violations: Violations,
): CheckedBody {
  if (contents.length === 0) {
    if (body !== undefined) {
      violations.add('/body', 'must not be there');
    }
    return { body, content: undefined, contentType };
  }
  const content = chooseContent(contents, contentType);
  if (!content || (contentType === undefined && content.mediaType.includes('*'))) {
    violations.add('/contentType', `must be one of ${contents.map(({ mediaType }) => mediaType).join(', ')}`);
    return { body, content: undefined, contentType };
  }
  const sent = { body, content, contentType: contentType ?? content.mediaType };
  if (body === undefined) {
    violations.add('/body', 'is missing');
  } else if (content.kind !== 'binary' && content.kind !== 'events') {
    const prepared = content.prepare ? content.prepare(body) : body;
    if (content.check) {
      checkValue(content.check, prepared, { base: '/body', violations });
    }
    return { ...sent, body: prepared };
  }
  return sent;
}

/** A single content need not be named, nor, as the preferred one, the first of several. */
function chooseContent(contents: readonly ServedContent[], contentType: string | undefined): ServedContent | undefined {
  return contentType === undefined
    ? contents[0]
    : findContent(contents, contentType.split(';', 1)[0]!.trim().toLowerCase());
}

function sendChecked(call: HttpRouteCall, checked: CheckedResponse, operationId: string): MaybePromise<void> {
  const { body, content, contentType } = checked;
  const { response } = call;
  if (body === undefined || response.statusCode === 204 || response.statusCode === 304) {
    discardBody(body);
    response.end();
    return;
  }
  switch (content?.kind) {
    case 'json':
      sendJson(response, { text: JSON.stringify(body), contentType });
      return;
    case 'events':
      return sendEvents(call, { events: body, content, operationId });
    case 'binary':
      return sendStream(response, { body, contentType: contentType! });
    default:
      return sendOther(response, { body, contentType, content });
  }
}
