import { GENERATED_NOTICE } from '../generated-notice.ts';

/** How many faults a validator goes on to look for, per schema: a body of a million wrong items is not worth a million. */
const MAX_ERRORS = 100;

/** What validators take from `@bulkhead/openapi/validation`, by what Ajv calls it. */
const RUNTIME: ReadonlyMap<string, string> = new Map([
  ['require("ajv/dist/runtime/ucs2length").default', 'ucs2length'],
  ['require("ajv/dist/runtime/equal").default', 'deepEqual'],
]);

/** What standalone code of Ajv calls by the name that it has in `@bulkhead/openapi/validation`. */
const IMPORTS = ['deepEqual', 'firstDuplicate', 'formats', 'isFile', 'ucs2length'];

/** Turns the standalone code of Ajv into a module of TypeScript that stands on `@bulkhead/openapi/validation` alone. */
export function toModuleText(code: string): string {
  let text = code.replace('"use strict";', '');
  for (const [call, name] of RUNTIME) {
    text = text.replaceAll(call, name);
  }
  // Nobody reads the place in the schema: only the place in the value is told.
  text = text.replaceAll(/schemaPath:"(?:[^"\\]|\\.)*",/gu, '');
  text = text.replaceAll(/^export const (\w+) = (\w+);$/gmu, 'export const $1: Validator = $2;');
  text = compareUnitsFirst(text);
  const lines = withoutUnused(boundLoops(shorten(text.split('\n').filter((line) => line.trim() !== ''))));
  const body = indent(lines).join('\n');
  const imports = IMPORTS.filter((name) => new RegExp(`\\b${name}\\b`, 'u').test(body));
  return [
    GENERATED_NOTICE,
    '// @ts-nocheck',
    `import { ${[...imports, 'type Validator'].join(', ')} } from '@bulkhead/openapi/validation';`,
    '',
    body,
    '',
  ].join('\n');
}

/**
 * Looks at how many UTF-16 units a text has before its characters are counted. They are no more than the units, and no
 * fewer than half of them, so that nearly no text has to be counted, which takes as long as to parse it.
 */
function compareUnitsFirst(text: string): string {
  const count = /^const (\w+) = ucs2length;$/mu.exec(text)?.[1];
  const comparison = (sign: string): RegExp => new RegExp(`^if\\(${count}\\((\\w+)\\) ${sign} (\\d+)\\)`, 'gmu');
  return text
    .replaceAll(comparison('>'), `if($1.length > $2 && ${count}($1) > $2)`)
    .replaceAll(comparison('<'), `if($1.length < 2 * $2 && ${count}($1) < $2)`);
}

/** Says in a line what Ajv says in nine: that one more place was found at which the value breaks the schema. */
function shorten(lines: readonly string[]): readonly string[] {
  const result: string[] = [];
  for (let index = 0; index < lines.length; index++) {
    const [, name, error] = /^const (err\d+) = (\{.*\});$/u.exec(lines[index]!) ?? [];
    if (name !== undefined && lines.slice(index + 1, index + 8).join('') === ADD_ERROR.replaceAll('ERROR', name)) {
      result.push(`(vErrors ??= []).push(${error});`, 'errors++;');
      index += 7;
    } else {
      result.push(lines[index]!.replace(/^\/\*# sourceURL="(.*)" \*\/;$/u, '// $1'));
    }
  }
  return result;
}

const ADD_ERROR = 'if(vErrors === null){vErrors = [ERROR];}else {vErrors.push(ERROR);}errors++;';

/**
 * Ends the loops over items and properties when enough was found. Whether a value is valid stays as it is: errors that are
 * counted at that moment belong to schemas around the loop, which have failed by them.
 */
function boundLoops(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) =>
    /^for\((?:let|const) .*\)\{$/u.test(line) ? [line, `if(errors >= ${MAX_ERRORS}){break;}`] : [line],
  );
}

/** Ajv writes each schema into the code, also if only the code that was made of it is used. */
function withoutUnused(lines: readonly string[]): readonly string[] {
  const used = new Map<string, number>();
  for (const [name] of lines.join('\n').matchAll(/\bschema\d+\b/gu)) {
    used.set(name, (used.get(name) ?? 0) + 1);
  }
  return lines.filter((line) => {
    const name = /^const (schema\d+) = /u.exec(line)?.[1];
    return name === undefined || (used.get(name) ?? 0) > 1;
  });
}

function indent(lines: readonly string[]): readonly string[] {
  let depth = 0;
  return lines.map((line) => {
    const text = line.trim();
    const closes = /^[}\])]/u.test(text);
    const indented = '  '.repeat(Math.max(0, closes ? depth - 1 : depth)) + text;
    depth = Math.max(0, depth + (/[{[(]$/u.test(text) ? 1 : 0) - (closes ? 1 : 0));
    return indented;
  });
}
