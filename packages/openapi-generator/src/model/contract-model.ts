import type { ContentKind, FormField, HttpMethod, Pagination, Parameter, StatusKey } from '@bulkhead/openapi';
import type { JsonObject } from '@bulkhead/types';

/**
 * A JSON Schema (2020-12, as OpenAPI 3.1 has it) in normal form: references are `#/components/schemas/<Name>` and
 * nothing else, OpenAPI 3.0's `nullable` is gone, booleans are allowed where JSON Schema allows them. What says nothing
 * about values but to people (`example`, `xml`, unknown formats …) is gone, except `title`, `description` and `deprecated`.
 * A `discriminator` stands beside `oneOf` only, and its `mapping` is complete: from each value to a reference.
 */
export type Schema = JsonObject | boolean;

/** A contract that was read, checked and normalised: all that the emitters need, and nothing about files or positions. */
export interface ContractModel {
  /** The id of the plugin that the contract is for, such as `todo`. */
  readonly pluginId: string;
  /** The id in Pascal case, with which the names of generated types begin: `Todo`. */
  readonly name: string;
  /** The bundled OpenAPI document, in which references are local; without `servers`. What `/openapi.json` serves. */
  readonly document: JsonObject;
  /** The named schemas, by the name of their type (a valid identifier, unique regardless of case). */
  readonly schemas: ReadonlyMap<string, Schema>;
  /** In the order of the contract. */
  readonly operations: readonly OperationModel[];
}

/** An operation. */
export interface OperationModel {
  /** A valid identifier, unique regardless of case. Where that of the contract is none, it is in camel case here. */
  readonly operationId: string;
  readonly method: HttpMethod;
  readonly path: string;
  readonly summary?: string;
  readonly description?: string;
  readonly deprecated?: string | true;
  /** When a deprecated operation will be gone, if the contract says so. */
  readonly sunset?: string;
  readonly access: {
    readonly credentials: 'none' | 'optional' | 'required';
    readonly principals: readonly ('user' | 'service')[];
    readonly cookie: boolean;
  };
  readonly parameters: readonly ParameterModel[];
  readonly allowsOtherQuery: boolean;
  readonly body?: {
    readonly required: boolean;
    readonly description?: string;
    readonly contents: readonly ContentModel[];
  };
  readonly responses: ReadonlyMap<StatusKey, ResponseModel>;
  readonly pagination?: Pagination & { readonly itemSchema: Schema };
}

/** A parameter with its schema. */
export interface ParameterModel extends Parameter {
  readonly schema: Schema;
  readonly description?: string;
  readonly deprecated?: boolean;
}

/** A kind of body with its schema. */
export interface ContentModel {
  readonly mediaType: string;
  readonly kind: ContentKind;
  readonly fields?: Readonly<Record<string, FormField>>;
  /** Of kind `events`: the schema of the data of an event. */
  readonly schema?: Schema;
}

/** A response. */
export interface ResponseModel {
  readonly description: string;
  readonly headers: readonly HeaderModel[];
  readonly contents: readonly ContentModel[];
}

/** A header of a response. */
export interface HeaderModel {
  /** In lower case. */
  readonly name: string;
  readonly required: boolean;
  readonly schema: Schema;
  readonly description?: string;
}
