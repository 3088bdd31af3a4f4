import type { HttpRouteAccess } from '@bulkhead/backend-plugin-api';
import type { JsonObject, MaybePromise } from '@bulkhead/types';
import type { Content } from '../contract/content.ts';
import type { Operation, StatusKey } from '../contract/operation.ts';

/** One place at which a value breaks its schema, as Ajv reports it. */
export interface SchemaError {
  /** JSON pointer into the value. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** A schema that was compiled ahead of time. Fills in defaults. */
export interface Validator {
  (value: unknown): boolean;
  /** What the last call found. */
  readonly errors?: readonly SchemaError[] | null;
}

/** A body that an operation takes or gives. */
export interface ServedContent extends Content {
  /**
   * Takes out what does not travel in this direction, before the check: `readOnly` properties of requests, `writeOnly`
   * ones of responses. The body of a request may be changed in place; that of a response is the handler's, so what has
   * to be changed is copied. Absent: nothing is to be taken out.
   */
  readonly prepare?: (body: unknown) => unknown;
  /** Checks a body that was read or is to be written; of kind `events` the data of an event. Absent: anything goes. */
  readonly check?: Validator;
}

/** A response of an operation. */
export interface ServedResponse {
  /** Empty: the response has no body. */
  readonly contents: readonly ServedContent[];
  /** Checks the headers, by their names in lower case. Absent: anything goes. */
  readonly checkHeaders?: Validator;
}

/** All that it takes to serve an operation. Generated. */
export interface ServedOperation extends Operation {
  readonly access: HttpRouteAccess;
  /** Checks `{ path, query, headers, cookies }`. Absent: there are no parameters. */
  readonly checkParameters?: Validator;
  /** Whether query parameters that the contract does not name are let through. Otherwise they are refused. */
  readonly allowsOtherQuery?: boolean;
  /** Absent: the operation takes no body, and one that is sent is refused. */
  readonly body?: { readonly required: boolean; readonly contents: readonly ServedContent[] };
  readonly responses: Readonly<Partial<Record<StatusKey, ServedResponse>>>;
}

/** A contract, ready to serve. Generated. */
export interface ServedContract {
  readonly operations: readonly ServedOperation[];
  /** The bundled OpenAPI document without `servers`; a module of its own, imported when it is asked for. */
  document(): MaybePromise<JsonObject>;
}
