import type { ServerResponse } from 'node:http';
import { wrongChunk } from '../errors.ts';
import type { ServerSentEvent } from '../handler.ts';
import type { ChunkSource } from './chunk-source.ts';

/** Idle connections are cut by proxies, often after a minute, and a client that is gone shows only when it is written to. */
const HEARTBEAT_MILLISECONDS = 15_000;

const LINE_BREAK = /\r\n|\r|\n/;

/**
 * An event as it is sent (HTML, 9.2).
 *
 * @throws BulkheadError `ERR_CONTRACT_CHUNK`
 */
export function formatEvent(event: ServerSentEvent): string {
  if (typeof event !== 'object' || event === null) {
    throw wrongChunk(event);
  }
  const { data, event: name, id, retry } = event;
  let text = '';
  if (name !== undefined) {
    text += `event: ${oneLine(name)}\n`;
  }
  if (id !== undefined) {
    text += `id: ${oneLine(id)}\n`;
  }
  if (retry !== undefined) {
    text += `retry: ${Math.round(retry)}\n`;
  }
  if (data !== undefined) {
    const lines = typeof data === 'string' ? data.split(LINE_BREAK) : [JSON.stringify(data)];
    text += lines.map((line) => `data: ${line}\n`).join('');
  }
  return `${text}\n`;
}

/** A line break in a name would begin a field of somebody else's choosing, and NUL makes browsers ignore an id. */
function oneLine(text: string): string {
  return text.replaceAll(/[\r\n\0]/g, ' ');
}

/**
 * Turns a source of events into one of texts.
 *
 * @param prepare - called with each event before it is sent; gives the one to send
 */
export function toEventTexts(source: ChunkSource, prepare: (event: ServerSentEvent) => ServerSentEvent): ChunkSource {
  return {
    async next() {
      const { done, value } = await source.next();
      if (done) {
        return { done };
      }
      return { value: formatEvent(prepare(value as ServerSentEvent)) };
    },
    cancel: (reason) => source.cancel(reason),
  };
}

/** Sends the head of a response at once, and a comment whenever nothing else was sent for a while. */
export function keepAlive(response: ServerResponse): void {
  response.flushHeaders();
  let sent = response.socket?.bytesWritten;
  const timer = setInterval(() => {
    const now = response.socket?.bytesWritten;
    if (now === sent && !response.writableNeedDrain && !response.writableEnded) {
      response.write(':\n\n');
    }
    sent = response.socket?.bytesWritten;
  }, HEARTBEAT_MILLISECONDS).unref();
  response.once('close', () => clearInterval(timer));
}
