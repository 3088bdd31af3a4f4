import type { Content, FormField } from '../../contract/content.ts';
import { readScalar } from '../../contract/scalars.ts';
import { unexpectedAnswer, type CallName } from '../errors.ts';
import type { TransportResponse } from '../transport.ts';

/** The object that the fields of a form make; the counterpart of what writes them. */
export async function readForm(
  { fields = {} }: Content,
  response: TransportResponse,
  name: CallName,
): Promise<Readonly<Record<string, unknown>>> {
  const contentType = response.headers['content-type']!;
  try {
    const form = await new Response(response.stream(), { headers: { 'content-type': contentType } }).formData();
    return toObject(form, fields);
  } catch (error) {
    throw unexpectedAnswer(name, 'a form that cannot be read', error);
  }
}

function toObject(form: FormData, fields: NonNullable<Content['fields']>): Readonly<Record<string, unknown>> {
  const entries = Array.from(new Set(form.keys()), (key): [string, unknown] => {
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
    const values = form.getAll(key).map((value) => (typeof value === 'string' ? readText(value, field) : value));
    return [key, isList(field) || values.length > 1 ? values : values[0]];
  });
  return Object.fromEntries(entries);
}

function readText(text: string, field: FormField | undefined): unknown {
  switch (field?.type) {
    case 'scalar':
      return readScalar(text, field.scalars);
    case 'array':
      return readScalar(text, field.items);
    case 'json':
      return JSON.parse(text) as unknown;
    default:
      return text;
  }
}

function isList(field: FormField | undefined): boolean {
  return field?.type === 'array' || (field?.type === 'file' && field.many);
}
