import type { IncomingMessage } from 'node:http';
import type { ContentKind } from '../../contract/content.ts';
import { findContent, parseMediaType, type MediaType } from '../../contract/media-type.ts';
import { encodedBody, unlistedMediaType } from '../errors.ts';
import { forEachPair } from '../request/encoded-pairs.ts';
import { parseJson } from '../request/json.ts';
import { decodeFormText } from '../request/percent.ts';
import type { ServedContent, ServedOperation } from '../server-operation.ts';
import { checkValue } from '../violations/check-value.ts';
import type { Violations } from '../violations/violations.ts';
import { MAX_FIELDS, toFormBody, type FormEntry } from './form-fields.ts';
import { parseMultipart } from './multipart.ts';
import { hasBody, readBytes } from './read-bytes.ts';
import { decodeText, demandUtf8 } from './text.ts';

/** What a request has for a body. */
export interface RequestBody {
  readonly body: unknown;
  /** The media type, without parameters; absent if there is no body. */
  readonly contentType?: string;
}

const NO_BODY: RequestBody = { body: undefined };
const BASE = '/body';
const NOT_UTF8 = 'is not valid in its charset';
/** Of these kinds no bytes are a body, too, as long as a `Content-Type` says that there is one. */
const MAY_BE_EMPTY: ReadonlySet<ContentKind> = new Set(['text', 'form', 'binary']);

/** Reads and checks the bodies of an operation. */
export class BodyReader {
  readonly #expected: ServedOperation['body'];

  constructor({ body }: ServedOperation) {
    this.#expected = body;
  }

  /**
   * The body of a request. If it is wrong, there are violations afterwards. Only what has to be gathered is waited for.
   *
   * @throws UnsupportedMediaTypeError when the contract lists no such body
   */
  read(request: IncomingMessage, violations: Violations): RequestBody | Promise<RequestBody> {
    const header = request.headers['content-type'] ?? '';
    const mediaType = parseMediaType(header);
    const content = this.#expected && findContent(this.#expected.contents, mediaType.essence);
    if (!hasBody(request) && !(content && MAY_BE_EMPTY.has(content.kind))) {
      return this.#noBody(violations);
    }
    if (!this.#expected) {
      violations.add(BASE, 'must not be there: the operation takes no body');
      return NO_BODY;
    }
    const encoding = request.headers['content-encoding'];
    if (!content) {
      throw unlistedMediaType(mediaType.essence, this.#expected.contents);
    }
    if (content.kind === 'binary' || content.kind === 'events') {
      return { body: request, contentType: mediaType.essence };
    }
    if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
      throw encodedBody(encoding);
    }
    return this.#gather(request, { content, mediaType, header }, violations);
  }

  #noBody(violations: Violations): RequestBody {
    if (this.#expected?.required) {
      violations.add(BASE, 'is missing');
    }
    return NO_BODY;
  }

  async #gather(request: IncomingMessage, type: ContentOfRequest, violations: Violations): Promise<RequestBody> {
    const bytes = await readBytes(request);
    if (bytes.length === 0 && !MAY_BE_EMPTY.has(type.content.kind)) {
      // Chunked, and no chunk came.
      return this.#noBody(violations);
    }
    const before = violations.count;
    const given = parse(bytes, type, violations);
    const parsed: unknown = given instanceof Promise ? await given : given;
    const { prepare, check } = type.content;
    if (violations.count > before) {
      return NO_BODY;
    }
    const body = prepare ? prepare(parsed) : parsed;
    if (check) {
      checkValue(check, body, { base: BASE, violations });
    }
    return { body, contentType: type.mediaType.essence };
  }
}

interface ContentOfRequest {
  readonly content: ServedContent;
  readonly mediaType: MediaType;
  /** The whole `Content-Type` header. */
  readonly header: string;
}

/** The value that the bytes of a body stand for; anything if there are violations. */
function parse(bytes: Buffer, { content, mediaType, header }: ContentOfRequest, violations: Violations): unknown {
  switch (content.kind) {
    case 'json':
      demandUtf8(mediaType.charset);
      return parseJsonBytes(bytes, violations);
    case 'form':
      demandUtf8(mediaType.charset);
      return toFormBody(parseUrlEncoded(bytes, violations), content, violations);
    case 'multipart':
      return parseMultipart(bytes, header, violations).then((entries) => toFormBody(entries, content, violations));
    default:
      return textOf(bytes, mediaType.charset, violations);
  }
}

function parseJsonBytes(bytes: Buffer, violations: Violations): unknown {
  const text = textOf(bytes, undefined, violations);
  if (text === undefined) {
    return undefined;
  }
  const parsed = parseJson(text);
  if ('fault' in parsed) {
    violations.add(`${BASE}${parsed.pointer}`, parsed.fault);
    return undefined;
  }
  return parsed.value;
}

function parseUrlEncoded(bytes: Buffer, violations: Violations): readonly FormEntry[] {
  const entries: FormEntry[] = [];
  let isDecodable = true;
  const isSound = forEachPair(textOf(bytes, undefined, violations) ?? '', (name, raw) => {
    const value = decodeFormText(raw);
    isDecodable &&= value !== undefined;
    if (entries.length <= MAX_FIELDS) {
      entries.push([name, value ?? '']);
    }
  });
  if (!isSound || !isDecodable) {
    violations.add(BASE, 'has percent-encoded bytes that are not UTF-8');
  }
  if (entries.length > MAX_FIELDS) {
    violations.add(BASE, `has more than ${MAX_FIELDS} fields`);
    return [];
  }
  return entries;
}

function textOf(bytes: Buffer, charset: string | undefined, violations: Violations): string | undefined {
  const text = decodeText(bytes, charset);
  if (text === undefined) {
    violations.add(BASE, NOT_UTF8);
  }
  return text;
}
