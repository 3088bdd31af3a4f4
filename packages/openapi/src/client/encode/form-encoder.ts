import type { Content } from '../../contract/content.ts';
import { scalarText } from './scalar-text.ts';

/**
 * Writes the fields of a form. A list becomes several fields of one name, unless the contract has it written as JSON;
 * so does every other object.
 */
export function encodeFields<TForm extends FormData | URLSearchParams>(
  body: Readonly<Record<string, unknown>>,
  { fields = {} }: Content,
  form: TForm,
): TForm {
  for (const [name, value] of Object.entries(body)) {
    const isJson = Object.hasOwn(fields, name) && fields[name]!.type === 'json';
    for (const item of Array.isArray(value) && !isJson ? (value as unknown[]) : [value]) {
      if (item instanceof Blob && form instanceof FormData) {
        form.append(name, item);
      } else if (item !== undefined) {
        form.append(name, (isJson ? undefined : scalarText(item)) ?? JSON.stringify(item));
      }
    }
  }
  return form;
}
