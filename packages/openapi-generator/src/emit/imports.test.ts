import { expect, it } from '@jest/globals';
import { Imports } from './imports.ts';

it('writes what was used, packages before files', () => {
  const imports = new Imports();
  expect(imports.use('./types.ts', 'Todo')).toBe('Todo');
  imports.use('@bulkhead/openapi/client', 'createClientClass', 'value');
  imports.use('@bulkhead/openapi/client', 'CallOptions');
  imports.use('@bulkhead/openapi/client', 'CallOptions');
  expect(imports.global('Promise')).toBe('Promise');
  expect(imports.toText()).toBe(
    "import { type CallOptions, createClientClass } from '@bulkhead/openapi/client';\nimport type { Todo } from './types.ts';",
  );
});

it('keeps clear of names that are taken', () => {
  const imports = new Imports(new Set(['Handler', 'Promise']));
  expect(imports.use('@bulkhead/openapi/server', 'Handler')).toBe('ContractHandler');
  expect(imports.global('Promise')).toBe('globalThis.Promise');
  expect(imports.toText()).toBe("import type { Handler as ContractHandler } from '@bulkhead/openapi/server';");
});
