import type { JsonObject } from '@bulkhead/types';
import { defaultOf } from '../emit/schema/defaults.ts';
import { isHidden } from '../emit/schema/direction.ts';
import { isSchema, resolveRef, schemasOf, textsOf } from '../emit/schema/schema-ref.ts';
import { docComment, propertyKey } from '../emit/source-text.ts';
import type { Schema } from '../model/contract-model.ts';
import { atom, NEVER, unionOf, UNKNOWN, type TypeText } from './type-text.ts';
import type { TypeScope } from './type-scope.ts';

/**
 * The type of an object by its own keywords.
 *
 * @param isPart - whether something else says more about the same object
 */
export function objectType(schema: JsonObject, scope: TypeScope, isPart: boolean): TypeText {
  const required = new Set(textsOf(schema['required']).filter((name) => !scope.hidden.has(name)));
  const others = otherProperties(schema, scope);
  const declared = schemasOf(schema['properties']);
  const visible = declared.filter(
    ([name, property]) => !scope.hidden.has(name) && !isHidden(property, scope.direction, scope.named),
  );
  const members = visible.map(([name, property]) => propertyOf(name, property, { scope, required }));
  const undeclared = [...required].filter((name) => !declared.some(([each]) => each === name));
  members.push(
    ...undeclared.map((name) => ({
      text: `readonly ${propertyKey(name)}: ${(others ?? UNKNOWN).text};`,
      type: others ?? UNKNOWN,
    })),
  );
  const index = indexOf(others, members.length === 0, isPart);
  if (index) {
    // What the index gives has to include what the properties are.
    const type = members.length === 0 ? index : unionOf([index, ...members.map((member) => member.type)]);
    members.push({ text: `readonly [key: string]: ${type.text};`, type });
  }
  return members.length === 0 ? UNKNOWN : atom(`{\n${members.map(({ text }) => indent(text)).join('\n')}\n}`);
}

/** Moves a text to the right, the inside of template texts and comments included: there are none that would mind. */
function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}

interface Member {
  readonly text: string;
  readonly type: TypeText;
}

function propertyOf(
  name: string,
  schema: Schema,
  { scope, required }: { readonly scope: TypeScope; readonly required: ReadonlySet<string> },
): Member {
  const value = defaultOf(schema, scope.named);
  const isThere = required.has(name) || (scope.variant === 'parsed' && value !== undefined);
  const type = scope.write(schema);
  return {
    text: `${remarksOn(schema, value, scope)}readonly ${propertyKey(name)}${isThere ? '' : '?'}: ${type.text};`,
    type: isThere ? type : unionOf([type, atom('undefined')]),
  };
}

/** What the contract says to people of a property. That of a schema of its own stands at its type. */
function remarksOn(schema: Schema, value: unknown, { variant, named }: TypeScope): string {
  const own = typeof schema === 'boolean' ? {} : schema;
  const resolved = resolveRef(schema, named);
  const isDeprecated = own['deprecated'] === true || (typeof resolved !== 'boolean' && resolved['deprecated'] === true);
  const text = value === undefined || variant === 'response' ? '' : JSON.stringify(value);
  const byDefault = text === '' || text.length > 80 ? undefined : `Default: \`${text.replaceAll('`', "'")}\`.`;
  const description = typeof own['description'] === 'string' ? own['description'] : undefined;
  return docComment({ summary: description, description: byDefault, deprecated: isDeprecated });
}

/** What the properties are that have no name in the schema; `undefined` if it does not say. */
function otherProperties(schema: JsonObject, scope: TypeScope): TypeText | undefined {
  const { additionalProperties } = schema;
  const patterns = schemasOf(schema['patternProperties']).map(([, each]) => scope.write(each));
  if (isSchema(additionalProperties) && additionalProperties !== false) {
    return unionOf([...patterns, scope.write(additionalProperties)]);
  }
  if (patterns.length > 0) {
    return unionOf(patterns);
  }
  return additionalProperties === false ? NEVER : undefined;
}

function indexOf(others: TypeText | undefined, isEmpty: boolean, isPart: boolean): TypeText | undefined {
  if (others?.text === NEVER.text) {
    return isEmpty && !isPart ? NEVER : undefined;
  }
  return others ?? (isEmpty && !isPart ? UNKNOWN : undefined);
}
