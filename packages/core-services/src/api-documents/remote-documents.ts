import { isErrorLike } from '@bulkhead/errors';
import { isJsonObject, type JsonObject } from './json.ts';

/** How a document of another process was asked for, and with what success. */
export type RemoteDocument =
  | { readonly type: 'document'; readonly document: JsonObject }
  /** The plugin has no contract. */
  | { readonly type: 'none' }
  /** `reason` completes the sentence that begins with the plugin's name. */
  | { readonly type: 'unavailable'; readonly reason: string };

/** What {@link RemoteDocuments} may spend on one document. */
export interface RemoteDocumentLimits {
  /** Milliseconds, for all replicas together. */
  readonly timeout: number;
  /** Bytes, decompressed. */
  readonly maxSize: number;
}

/** A plugin in another process, and who asks for it. */
export interface RemoteQuestion {
  readonly pluginId: string;
  /** Base URLs of the plugin, one per replica. */
  readonly baseUrls: readonly string[];
  /** The `Authorization` header of the caller, who sees there what it may see there. */
  readonly authorization: string | undefined;
}

/** Tells other hosts that the question is for them and not for the plugin. */
export const DOCUMENT_MEDIA_TYPE = 'application/vnd.oai.openapi+json';

const DEFAULT_LIMITS: RemoteDocumentLimits = { timeout: 5_000, maxSize: 8 * 2 ** 20 };

/** Fetches documents of plugins from the processes in which they run. Never rejects. */
export class RemoteDocuments {
  readonly #limits: RemoteDocumentLimits;
  /** By plugin and caller: who asks while the same is under way shares the answer. */
  readonly #underWay = new Map<string, Promise<RemoteDocument>>();

  constructor(limits: RemoteDocumentLimits = DEFAULT_LIMITS) {
    this.#limits = limits;
  }

  /** Asks one replica after the other until one has an answer. */
  async fetch(question: RemoteQuestion): Promise<RemoteDocument> {
    const key = `${question.pluginId} ${question.authorization ?? ''}`;
    let answer = this.#underWay.get(key);
    if (!answer) {
      answer = this.#ask(question).finally(() => this.#underWay.delete(key));
      this.#underWay.set(key, answer);
    }
    return answer;
  }

  async #ask({ baseUrls, authorization }: RemoteQuestion): Promise<RemoteDocument> {
    const end = performance.now() + this.#limits.timeout;
    let answer: RemoteDocument = unavailable('runs in no process that is known');
    for (const [index, baseUrl] of baseUrls.entries()) {
      // None of the replicas can use up the time of those that follow.
      const share = (end - performance.now()) / (baseUrls.length - index);
      const signal = AbortSignal.timeout(Math.max(0, Math.ceil(share)));
      answer = await this.#askReplica(baseUrl, authorization, signal);
      if (answer.type !== 'unavailable') {
        break;
      }
    }
    return answer;
  }

  async #askReplica(baseUrl: string, authorization: string | undefined, signal: AbortSignal): Promise<RemoteDocument> {
    try {
      const response = await fetch(`${baseUrl}/openapi.json`, {
        headers: { Accept: DOCUMENT_MEDIA_TYPE, ...(authorization !== undefined && { Authorization: authorization }) },
        // Nobody but the plugin itself gets the caller's token.
        redirect: 'manual',
        signal,
      });
      if (response.ok) {
        return await this.#read(response);
      }
      await response.body?.cancel();
      return response.status === 404
        ? { type: 'none' }
        : unavailable(REFUSALS[response.status] ?? `answered ${response.status}`);
    } catch (error) {
      return unavailable(
        isErrorLike(error) && error.name === 'TimeoutError' ? 'did not answer in time' : 'cannot be reached',
      );
    }
  }

  async #read(response: Response): Promise<RemoteDocument> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > this.#limits.maxSize) {
        return unavailable('has a document that is too large');
      }
      chunks.push(chunk);
    }
    const document = parse(Buffer.concat(chunks).toString());
    return isDocument(document) ? { type: 'document', document } : unavailable('answered with something else');
  }
}

const REFUSALS: Readonly<Record<number, string>> = {
  401: 'does not accept the credentials',
  403: 'does not accept the credentials',
};

function unavailable(reason: string): RemoteDocument {
  return { type: 'unavailable', reason };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isDocument(value: unknown): value is JsonObject {
  return isJsonObject(value) && typeof value.openapi === 'string' && value.openapi.startsWith('3.1');
}
