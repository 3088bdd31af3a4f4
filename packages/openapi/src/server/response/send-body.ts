import { Buffer } from 'node:buffer';
import type { ServerResponse } from 'node:http';
import type { HttpRouteCall } from '@bulkhead/backend-plugin-api';
import type { MaybePromise } from '@bulkhead/types';
import type { Content } from '../../contract/content.ts';
import { wrongBody } from '../errors.ts';
import type { ServerSentEvent } from '../handler.ts';
import type { ServedContent } from '../server-operation.ts';
import { checkValue } from '../violations/check-value.ts';
import { Violations } from '../violations/violations.ts';
import { reportBreach } from './breach.ts';
import { toChunkSource, type ChunkSource } from './chunk-source.ts';
import { encodeForm } from './form-response.ts';
import { keepAlive, toEventTexts } from './server-sent-events.ts';
import { writeChunks } from './write-chunks.ts';

/** Cancels a stream that will not be sent, so that what is behind it is let go of. */
export function discardBody(body: unknown): void {
  try {
    toChunkSource(body)?.cancel();
  } catch {
    // Somebody else reads it already.
  }
}

/** Sends a text. */
export function sendJson(
  response: ServerResponse,
  { text, contentType = 'application/json' }: { readonly text: string; readonly contentType?: string },
): void {
  const length = String(Buffer.byteLength(text));
  // Sooner done than setting one after the other.
  response.writeHead(response.statusCode, ['Content-Type', withCharset(contentType), 'Content-Length', length]);
  response.end(text);
}

/** Sends bytes, or what a stream yields. */
export function sendStream(
  response: ServerResponse,
  { body, contentType }: { readonly body: unknown; readonly contentType: string },
): MaybePromise<void> {
  response.setHeader('Content-Type', contentType);
  if (typeof body === 'string' || body instanceof Uint8Array) {
    response.setHeader('Content-Length', Buffer.byteLength(body));
    response.end(body);
    return;
  }
  if (body instanceof Blob) {
    response.setHeader('Content-Length', body.size);
  }
  const source = toChunkSource(body);
  if (!source) {
    throw wrongBody(contentType, body);
  }
  return sendChunks(response, source);
}

/** Sends a `text/event-stream`. */
export function sendEvents(
  call: HttpRouteCall,
  {
    events,
    content,
    operationId,
  }: { readonly events: unknown; readonly content: ServedContent; readonly operationId: string },
): MaybePromise<void> {
  const { response } = call;
  const source = toChunkSource(events);
  if (!source) {
    throw wrongBody(content.mediaType, events);
  }
  response.setHeader('Content-Type', content.mediaType);
  if (!response.hasHeader('Cache-Control')) {
    response.setHeader('Cache-Control', 'no-store');
  }
  // For nginx, which else gathers what is sent before it passes it on.
  response.setHeader('X-Accel-Buffering', 'no');
  if (response.req.method !== 'HEAD') {
    keepAlive(response);
  }
  return sendChunks(
    response,
    toEventTexts(source, (event) => prepareEvent(call, { event, content, operationId })),
  );
}

/** The event as it travels, checked. */
function prepareEvent(
  call: HttpRouteCall,
  {
    event,
    content,
    operationId,
  }: { readonly event: ServerSentEvent; readonly content: ServedContent; readonly operationId: string },
): ServerSentEvent {
  const { prepare, check } = content;
  const data = prepare ? prepare(event?.data) : event?.data;
  const violations = new Violations();
  if (check && !checkValue(check, data, { base: '/body/data', violations })) {
    reportBreach(call, { operationId, violations, given: { body: event } });
  }
  return prepare ? { ...event, data } : event;
}

/** Sends a text, a form, or a body about which the contract says nothing. */
export function sendOther(
  response: ServerResponse,
  { body, contentType, content }: { readonly body: unknown; readonly contentType?: string; readonly content?: Content },
): MaybePromise<void> {
  const kind = content?.kind;
  if (content && (kind === 'form' || kind === 'multipart') && typeof body === 'object' && body !== null) {
    const form = encodeForm(body as Readonly<Record<string, unknown>>, content);
    return sendStream(response, { body: form.stream, contentType: form.contentType });
  }
  if (typeof body === 'string') {
    sendJson(response, { text: body, contentType: contentType ?? 'text/plain' });
    return;
  }
  if (body instanceof Uint8Array || toChunkSource(body)) {
    return sendStream(response, { body, contentType: contentType ?? 'application/octet-stream' });
  }
  if (kind === 'text') {
    throw wrongBody(contentType ?? 'text/plain', body);
  }
  sendJson(response, { text: JSON.stringify(body), contentType });
}

function sendChunks(response: ServerResponse, source: ChunkSource): MaybePromise<void> {
  if (response.req.method === 'HEAD') {
    source.cancel();
    response.end();
    return;
  }
  return writeChunks(response, source);
}

function withCharset(contentType: string): string {
  return contentType.includes(';') ? contentType : `${contentType}; charset=utf-8`;
}
