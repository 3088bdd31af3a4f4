import type { Content } from '../../contract/content.ts';
import type { ParameterPart } from '../../contract/parameter.ts';
import { encodePathLiteral } from '../../contract/path-literal.ts';
import type { CallRequest } from '../call.ts';
import type { CalledOperation } from '../client-operation.ts';
import type { TransportBody } from '../transport.ts';
import { encodeBody } from './body-encoder.ts';
import { ParameterWriter } from './parameter-writer.ts';
import { scalarText } from './scalar-text.ts';

/** A request as it is sent, but for the headers that are no matter of the contract. */
export interface EncodedRequest {
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: TransportBody;
  /** Whether the body can be sent again. */
  readonly isRepeatable: boolean;
  /** Whether the answer may be a stream, which may take as long as it likes once it has begun. */
  readonly isStreamed: boolean;
}

const encoders = new WeakMap<CalledOperation, RequestEncoder>();

/** The encoder of an operation, which is made once. */
export function requestEncoderOf(operation: CalledOperation): RequestEncoder {
  let encoder = encoders.get(operation);
  if (!encoder) {
    encoders.set(operation, (encoder = new RequestEncoder(operation)));
  }
  return encoder;
}

/** Writes the requests of one operation. */
export class RequestEncoder {
  readonly #operation: CalledOperation;
  /** Literal pieces of the path, and writers for what stands between them. */
  readonly #path: readonly (string | ParameterWriter)[];
  readonly #query: ReadonlyMap<string, ParameterWriter>;
  readonly #headers: readonly ParameterWriter[];
  readonly #cookies: readonly ParameterWriter[];
  readonly #accept: string;
  readonly #isStreamed: boolean;

  constructor(operation: CalledOperation) {
    const of = (part: ParameterPart): readonly ParameterWriter[] =>
      operation.parameters
        .filter((parameter) => parameter.part === part)
        .map((parameter) => new ParameterWriter(parameter));
    const byName = (writers: readonly ParameterWriter[]): ReadonlyMap<string, ParameterWriter> =>
      new Map(writers.map((writer) => [writer.parameter.name, writer]));
    const inPath = byName(of('path'));
    this.#operation = operation;
    this.#path = operation.path
      .split(/\{([^}]+)\}/)
      .map((piece, index) => (index % 2 === 0 ? encodePathLiteral(piece) : (inPath.get(piece) ?? `{${piece}}`)));
    this.#query = byName(of('query'));
    this.#headers = of('headers');
    this.#cookies = of('cookies');
    this.#accept = acceptOf(operation);
    this.#isStreamed = Object.values(operation.responses).some((contents) => contents?.some(isStreamed));
  }

  /** @throws BulkheadError `ERR_CLIENT_PARAMETER`, `ERR_CLIENT_BODY` */
  encode(request: CallRequest): EncodedRequest {
    const headers: Record<string, string> = { accept: this.#accept };
    this.#writeHeaders(request, headers);
    const body = encodeBody(this.#operation, request, headers);
    return {
      path: this.#writePath(request.path) + this.#writeQuery(request.query),
      headers,
      body,
      isRepeatable: !(body instanceof ReadableStream),
      isStreamed: this.#isStreamed,
    };
  }

  #writePath(values: CallRequest['path']): string {
    let path = '';
    for (const piece of this.#path) {
      path += typeof piece === 'string' ? piece : this.#writeSegment(piece, values?.[piece.parameter.name]);
    }
    return path;
  }

  #writeSegment(writer: ParameterWriter, value: unknown): string {
    if (value === undefined) {
      writer.refuse('it is missing');
    }
    const text = writer.writeText(value) ?? '';
    // Neither can be escaped (RFC 3986, 5.2.4), and the path would be that of another operation.
    if (text === '' || text === '.' || text === '..') {
      writer.refuse(`a path cannot hold ${JSON.stringify(text)}`);
    }
    return text;
  }

  #writeQuery(values: CallRequest['query']): string {
    const pairs: string[] = [];
    for (const name in values) {
      const value = values[name];
      if (value !== undefined) {
        pairs.push(...(this.#query.get(name)?.writePairs(value) ?? writeUnknown(name, value)));
      }
    }
    return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
  }

  #writeHeaders({ headers: values, cookies }: CallRequest, headers: Record<string, string>): void {
    for (const writer of this.#headers) {
      const value = values?.[writer.parameter.name];
      const text = value === undefined ? undefined : writer.writeText(value);
      if (text !== undefined) {
        headers[writer.parameter.name] = text;
      }
    }
    const pairs = this.#cookies.flatMap((writer) => {
      const value = cookies?.[writer.parameter.name];
      return value === undefined ? [] : writer.writePairs(value);
    });
    if (pairs.length > 0) {
      headers.cookie = pairs.join('; ');
    }
  }
}

/** A query parameter that the contract lets through without naming it; written as most servers read it. */
function writeUnknown(name: string, value: unknown): readonly string[] {
  return (Array.isArray(value) ? (value as unknown[]) : [value]).map(
    (item) => `${encodeURIComponent(name)}=${encodeURIComponent(scalarText(item) ?? JSON.stringify(item))}`,
  );
}

function isStreamed({ kind }: Content): boolean {
  return kind === 'binary' || kind === 'events';
}

function acceptOf({ responses }: CalledOperation): string {
  const mediaTypes = Object.values(responses).flatMap((contents = []) => contents.map(({ mediaType }) => mediaType));
  // Errors are JSON, whatever the contract says.
  return [...new Set([...mediaTypes, 'application/json'])].join(', ');
}
