/**
 * How a body is read and written.
 *
 * - `json`: a JSON text; also `…+json`
 * - `form`: `application/x-www-form-urlencoded`
 * - `multipart`: `multipart/form-data`
 * - `text`: `text/*`, a string
 * - `binary`: anything else; streamed, never gathered
 * - `events`: `text/event-stream`; streamed
 */
export type ContentKind = 'json' | 'form' | 'multipart' | 'text' | 'binary' | 'events';

/** How a property of a form is read: forms have no types, only texts. */
export type FormField =
  | { readonly type: 'scalar'; readonly scalars: readonly import('./parameter.ts').ScalarType[] }
  | { readonly type: 'array'; readonly items: readonly import('./parameter.ts').ScalarType[] }
  | { readonly type: 'file'; readonly many: boolean }
  | { readonly type: 'json' };

/** One kind of body that a contract allows. */
export interface Content {
  /** The media type in lower case, without parameters; may be a range such as `image/*`. */
  readonly mediaType: string;
  readonly kind: ContentKind;
  /** The fields of a form by name; kinds `form` and `multipart` only. */
  readonly fields?: Readonly<Record<string, FormField>>;
  /** Kind `events` only: the data of events are texts as they are. Otherwise they are JSON. */
  readonly eventData?: 'text';
}
