import type { Content, FormField } from '../../contract/content.ts';
import { readScalar } from '../../contract/scalars.ts';
import { parseJson } from '../request/json.ts';
import { below, type Violations } from '../violations/violations.ts';

/** More fields than any form that people fill in has. */
export const MAX_FIELDS = 1_000;

/** A field as it was sent: a text or a file. */
export type FormEntry = readonly [name: string, value: string | Blob];

/** Where forms stand in a request. */
const BASE = '/body';

/** The object that the fields of a form make. Fields that the contract does not name stay texts. */
export async function toFormBody(
  entries: readonly FormEntry[],
  { fields = {} }: Content,
  violations: Violations,
): Promise<Record<string, unknown>> {
  const body: Record<string, unknown> = {};
  for (const [name, values] of group(entries)) {
    const pointer = below(BASE, name);
    const field = Object.hasOwn(fields, name) ? fields[name]! : undefined;
    if (name === '__proto__') {
      violations.add(pointer, 'is a name that is not allowed');
    } else if (field && isSingle(field) && values.length > 1) {
      violations.add(pointer, 'is given more than once');
    } else {
      const read = await Promise.all(values.map((value) => readEntry(value, field, { pointer, violations })));
      body[name] = isList(field, read) ? read : read[0];
    }
  }
  return body;
}

function group(entries: readonly FormEntry[]): ReadonlyMap<string, (string | Blob)[]> {
  const groups = new Map<string, (string | Blob)[]>();
  for (const [name, value] of entries) {
    const values = groups.get(name);
    if (values) {
      values.push(value);
    } else {
      groups.set(name, [value]);
    }
  }
  return groups;
}

function isSingle(field: FormField): boolean {
  return field.type === 'scalar' || (field.type === 'file' && !field.many);
}

function isList(field: FormField | undefined, values: readonly unknown[]): boolean {
  return field?.type === 'array' || (field?.type === 'file' && field.many) || values.length > 1;
}

async function readEntry(
  value: string | Blob,
  field: FormField | undefined,
  { pointer, violations }: { readonly pointer: string; readonly violations: Violations },
): Promise<unknown> {
  switch (field?.type) {
    case 'scalar':
      return typeof value === 'string' ? readScalar(value, field.scalars) : value;
    case 'array':
      return typeof value === 'string' ? readScalar(value, field.items) : value;
    case 'json': {
      // Clients may send JSON as a part with a type of its own, which makes a file of it.
      const parsed = parseJson(typeof value === 'string' ? value : await value.text());
      if ('fault' in parsed) {
        violations.add(`${pointer}${parsed.pointer}`, parsed.fault);
        return undefined;
      }
      return parsed.value;
    }
    default:
      return value;
  }
}
