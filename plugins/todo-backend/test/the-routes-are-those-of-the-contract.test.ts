import { beforeAll, expect, it } from '@jest/globals';
import { startTestBackend, type TestBackend } from '@bulkhead/backend-test-utils';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import todoPlugin from '../src/index.ts';

interface Contract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Operation {
  readonly operationId?: string;
  readonly responses?: Readonly<Record<string, unknown>>;
}

const contract = parse(readFileSync(new URL('../openapi.yaml', import.meta.url), 'utf8')) as Contract;
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

const cases = Object.entries(contract.paths).flatMap(([path, operations]) =>
  METHODS.map((method) => ({ path, method, operation: operations[method] })),
);

let backend: TestBackend;

beforeAll(async () => {
  backend = await startTestBackend({ features: [todoPlugin] });
});

it.each(cases)('$method $path', async ({ path, method, operation }) => {
  const target = `/api/todo${path.replace('{id}', '5c6ba1a5-4f3a-4f5e-8d0e-0f3a3c3f0d11')}`;
  const { status } = await backend.agent[method](target);
  if (operation) expect(Object.keys(operation.responses ?? {})).toContain(String(status));
  else expect(status).toBe(405);
});
