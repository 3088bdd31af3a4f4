import type { IncomingMessage } from 'node:http';
import type { Operation } from '../../contract/operation.ts';
import type { Parameter, ParameterPart } from '../../contract/parameter.ts';
import type { ServedOperation } from '../server-operation.ts';
import { parsePathTemplate } from '../routing/path-template.ts';
import { checkValue } from '../violations/check-value.ts';
import type { Violations } from '../violations/violations.ts';
import { readCookies } from './cookies.ts';
import { ParameterDecoder } from './parameter-decoder.ts';
import { QueryReader } from './query-reader.ts';

/** The parameters of a request by part and name. A part of which the operation has no parameters is absent. */
export type ParameterValues = Partial<Record<ParameterPart, Record<string, unknown>>>;

/** Where the parameters of a request are. */
export interface ParameterSource {
  readonly request: IncomingMessage;
  readonly pathValues: readonly string[];
  readonly query: string;
}

/** Reads and checks the parameters of an operation. */
export class ParametersReader {
  readonly #operation: ServedOperation;
  /** Path parameters, each with the place of its value. */
  readonly #path: readonly { readonly decoder: ParameterDecoder; readonly index: number }[];
  readonly #query: QueryReader;
  readonly #headers: readonly ParameterDecoder[];
  readonly #cookies: readonly ParameterDecoder[];
  readonly #hasQuery: boolean;

  constructor(operation: ServedOperation) {
    const of = (part: ParameterPart): Parameter[] =>
      operation.parameters.filter((parameter) => parameter.part === part);
    const names = pathNames(operation);
    this.#operation = operation;
    this.#path = of('path').map((parameter) => ({
      decoder: new ParameterDecoder(parameter),
      index: names.indexOf(parameter.name),
    }));
    this.#query = new QueryReader(of('query'), operation.allowsOtherQuery ?? false);
    this.#hasQuery = of('query').length > 0;
    this.#headers = of('headers').map((parameter) => new ParameterDecoder(parameter));
    this.#cookies = of('cookies').map((parameter) => new ParameterDecoder(parameter));
  }

  /** The parameters of a request. If any is wrong, there are violations afterwards. */
  read(source: ParameterSource, violations: Violations): ParameterValues {
    const values: ParameterValues = {};
    if (this.#path.length > 0) {
      values.path = this.#readPath(source.pathValues, violations);
    }
    const query = this.#query.read(source.query, violations);
    if (this.#hasQuery) {
      values.query = query;
    }
    if (this.#headers.length > 0) {
      values.headers = this.#readHeaders(source.request, violations);
    }
    if (this.#cookies.length > 0) {
      values.cookies = readCookies(source.request.headers.cookie, this.#cookies, violations);
    }
    const { checkParameters } = this.#operation;
    if (checkParameters) {
      checkValue(checkParameters, values, { base: '', violations });
    }
    return values;
  }

  #readPath(pathValues: readonly string[], violations: Violations): Record<string, unknown> {
    const values: Record<string, unknown> = {};
    for (const { decoder, index } of this.#path) {
      const raw = pathValues[index];
      if (raw !== undefined) {
        set(values, decoder, decoder.decode([raw], violations));
      }
    }
    return values;
  }

  #readHeaders({ headers }: IncomingMessage, violations: Violations): Record<string, unknown> {
    const values: Record<string, unknown> = {};
    for (const decoder of this.#headers) {
      const raw = headers[decoder.parameter.name];
      if (raw !== undefined) {
        set(values, decoder, decoder.decode([typeof raw === 'string' ? raw : raw.join(', ')], violations));
      }
    }
    return values;
  }
}

function set(values: Record<string, unknown>, { parameter }: ParameterDecoder, value: unknown): void {
  if (value !== undefined) {
    values[parameter.name] = value;
  }
}

/** The names in a path template, in the order in which routing gives the values. */
function pathNames({ path }: Operation): readonly string[] {
  return parsePathTemplate(path).flatMap((segment) => {
    switch (segment.type) {
      case 'literal':
        return [];
      case 'parameter':
        return [segment.name];
      case 'mixed':
        return segment.names;
    }
  });
}
