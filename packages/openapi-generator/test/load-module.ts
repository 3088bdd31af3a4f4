import * as runtime from '@bulkhead/openapi/validation';

/** Loads the text of a generated module that imports nothing but `@bulkhead/openapi/validation`. */
export function loadModule(text: string): Record<string, never> {
  const imports = /^import \{ (.*) \} from '@bulkhead\/openapi\/validation';$/m.exec(text)![1]!;
  const names = imports.split(', ').filter((name) => !name.startsWith('type '));
  const body = text
    .replaceAll(/^import .*$/gm, '')
    .replaceAll(/^export const (\w+)(?:: \w+)? =/gm, 'const $1 = exports.$1 =');
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- what is generated is what is under test
  const load = new Function(
    'runtime',
    'exports',
    `const { ${names.join(', ')} } = runtime;\n${body}\nreturn exports;`,
  ) as (runtime: unknown, exports: object) => Record<string, never>;
  return load(runtime, {});
}
