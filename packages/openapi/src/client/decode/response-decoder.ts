import type { Content } from '../../contract/content.ts';
import { findContent, parseMediaType } from '../../contract/media-type.ts';
import { findResponse } from '../../contract/responses.ts';
import type { CallResponse } from '../call.ts';
import type { CalledOperation } from '../client-operation.ts';
import { unexpectedAnswer, type CallName } from '../errors.ts';
import type { TransportResponse } from '../transport.ts';
import { readEvents } from './event-stream.ts';
import { readForm } from './form-decoder.ts';

/** Statuses of responses that never have a body (RFC 9110, 6.4.1). */
const BODILESS = new Set([204, 205, 304]);

/**
 * Reads a response that is no error.
 *
 * @throws BadGatewayError `ERR_CLIENT_UNEXPECTED_ANSWER` for one that the contract does not name; whatever reading the
 *   body has thrown
 */
export async function decodeResponse(
  operation: CalledOperation,
  response: TransportResponse,
  name: CallName,
): Promise<CallResponse> {
  const { status, headers } = response;
  const contents = findResponse(operation.responses, status);
  if (!contents) {
    response.discard();
    throw unexpectedAnswer(name, `status ${status}, which its contract does not name`);
  }
  if (contents.length === 0 || BODILESS.has(status) || operation.method === 'HEAD') {
    response.discard();
    return { status, headers, body: undefined };
  }
  const content = contentOf(contents, headers['content-type']);
  if (!content) {
    response.discard();
    const type = headers['content-type'];
    throw unexpectedAnswer(name, type === undefined ? 'a body of no type' : `a body of type ${JSON.stringify(type)}`);
  }
  return { status, headers, body: await readBody(content, response, name) };
}

function contentOf(contents: readonly Content[], header: string | undefined): Content | undefined {
  return header === undefined
    ? contents.find(({ kind }) => kind === 'binary')
    : findContent(contents, parseMediaType(header).essence);
}

function readBody(content: Content, response: TransportResponse, name: CallName): unknown {
  switch (content.kind) {
    case 'json':
      return readJson(response, name);
    case 'text':
      return response.text();
    case 'binary':
      return response.stream();
    case 'events':
      return readEvents(response.stream(), content.eventData === 'text' ? String : parseData);
    case 'form':
    case 'multipart':
      return readForm(content, response, name);
  }
}

async function readJson(response: TransportResponse, name: CallName): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw unexpectedAnswer(name, 'a body that is no JSON', error);
  }
}

/** Of foreign servers one cannot know whether they send JSON or plain texts. */
function parseData(data: string): unknown {
  try {
    return JSON.parse(data) as unknown;
  } catch {
    return data;
  }
}
