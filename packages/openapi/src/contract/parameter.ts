/** Where a parameter stands in a request. The names are those of the parts of a request that handlers and clients see. */
export type ParameterPart = 'path' | 'query' | 'headers' | 'cookies';

/** How OpenAPI writes a value into a request (the `style` of a parameter). */
export type ParameterStyle = 'simple' | 'label' | 'matrix' | 'form' | 'spaceDelimited' | 'pipeDelimited' | 'deepObject';

/** What a text may stand for. `any`: the schema does not tell, so the text is taken for the JSON that it looks like. */
export type ScalarType = 'string' | 'number' | 'integer' | 'boolean' | 'null' | 'any';

/** The shape of a parameter, as far as it must be known in order to read and write it. */
export type ParameterShape =
  | { readonly type: 'scalar'; readonly scalars: readonly ScalarType[] }
  | {
      readonly type: 'array';
      readonly items: readonly ScalarType[];
      /** Whether callers may give a single value in place of a list of one. Servers read a list in any case. */
      readonly orSingle?: true;
    }
  | {
      readonly type: 'object';
      readonly properties: Readonly<Record<string, readonly ScalarType[] | { readonly array: readonly ScalarType[] }>>;
      /** What other properties stand for; absent if there may be none. */
      readonly additional?: readonly ScalarType[];
    }
  /** Written as one JSON text (`content: { application/json: … }` in place of `schema`). */
  | { readonly type: 'json' };

/** A parameter of an operation, as data that servers and clients read and write it by. */
export interface Parameter {
  /** The name as handlers and clients see it: that of the contract, for headers in lower case. */
  readonly name: string;
  readonly part: ParameterPart;
  readonly style: ParameterStyle;
  readonly explode: boolean;
  /** Whether reserved characters are written as they are (`allowReserved`). */
  readonly allowReserved?: boolean;
  readonly required: boolean;
  readonly shape: ParameterShape;
}
