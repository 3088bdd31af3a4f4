import { encodeFields } from '../../client/encode/form-encoder.ts';
import type { Content } from '../../contract/content.ts';

/** A body that is a form, in the bytes that are sent. */
export interface EncodedForm {
  readonly contentType: string;
  readonly stream: ReadableStream<Uint8Array>;
}

/** Writes a form, as clients write theirs. */
export function encodeForm(fields: Readonly<Record<string, unknown>>, content: Content): EncodedForm {
  const form = encodeFields(fields, content, content.kind === 'form' ? new URLSearchParams() : new FormData());
  const { headers, body } = new Response(form);
  return { contentType: headers.get('content-type')!, stream: body! };
}
