/** A body that is a form, in the bytes that are sent. */
export interface EncodedForm {
  readonly contentType: string;
  readonly stream: ReadableStream<Uint8Array>;
}

/** Writes the fields of a form. Lists become several fields of one name; objects are written as JSON. */
export function encodeForm(fields: Readonly<Record<string, unknown>>, kind: 'form' | 'multipart'): EncodedForm {
  const form = kind === 'form' ? new URLSearchParams() : new FormData();
  for (const [name, value] of Object.entries(fields)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item instanceof Blob && form instanceof FormData) {
        form.append(name, item);
      } else if (item !== undefined) {
        form.append(name, typeof item === 'object' && item !== null ? JSON.stringify(item) : String(item));
      }
    }
  }
  const { headers, body } = new Response(form);
  return { contentType: headers.get('content-type')!, stream: body! };
}
