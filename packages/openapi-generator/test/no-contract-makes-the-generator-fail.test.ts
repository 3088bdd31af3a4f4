import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, it } from '@jest/globals';
import { ProblemsError } from '@bulkhead/errors';
import { parse } from 'yaml';
import { readContract } from '../src/read/read-contract.ts';
import { createTypeWriter } from '../src/types/create-type-writer.ts';
import { contractFolder } from './contracts.ts';
import { foreignContracts } from './foreign-contracts.ts';

const files = [
  path.resolve(import.meta.dirname, '../../../plugins/todo-backend/openapi.yaml'),
  ...foreignContracts()
    .filter(({ name }) => /train-travel|discriminators|parameters-style|file-uploads|polymorphism|circular/.test(name))
    .map(({ file }) => file),
];
const documents = files.map((file): unknown => parse(readFileSync(file, 'utf8')));

const junk = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    '',
    'x',
    [],
    {},
    [null],
    { $ref: '#' },
    { $ref: '#/paths' },
    { $ref: 'a\u0000' },
  ),
  fc.constantFrom<unknown>(
    { $ref: '#/components/schemas/Todo' },
    { allOf: [{ $ref: '#' }] },
    { type: ['x', 1] },
    { 'x-a': 1 },
  ),
  fc.jsonValue(),
);

/** Puts junk in some place of a copy of a document, or takes something away. */
function damage(document: unknown, places: readonly number[], what: unknown): unknown {
  const copy = structuredClone(document);
  let at = copy as Record<string, unknown>;
  for (const [index, place] of places.entries()) {
    const keys = Object.keys(at);
    const key = keys[place % Math.max(1, keys.length)];
    if (key === undefined) {
      break;
    }
    const next = at[key];
    if (index === places.length - 1 || typeof next !== 'object' || next === null) {
      if (what === undefined) {
        delete at[key];
      } else {
        at[key] = what;
      }
      break;
    }
    at = next as Record<string, unknown>;
  }
  return copy;
}

it('reads it, or says what is wrong and where', () => {
  const file = path.join(contractFolder({ 'openapi.json': '' }), 'openapi.json');
  const place = fc.array(fc.nat(), { minLength: 1, maxLength: 14 });
  fc.assert(
    fc.property(
      fc.constantFrom(...documents),
      fc.array(fc.tuple(place, fc.option(junk, { nil: undefined })), { maxLength: 3 }),
      (document, damages) => {
        const damaged = damages.reduce<unknown>((each, [places, what]) => damage(each, places, what), document);
        writeFileSync(file, JSON.stringify(damaged, null, 1));
        try {
          const model = readContract(file, { pluginId: 'todo' });
          const writer = createTypeWriter(model, { input: 'parsed' });
          model.operations.forEach(({ parameters }) =>
            parameters.forEach(({ schema }) => writer.expression(schema, 'parsed')),
          );
          writer.declarations();
        } catch (error) {
          if (!(error instanceof ProblemsError)) {
            throw error;
          }
          expect(error.problems.length).toBeGreaterThan(0);
          for (const { source, hint } of error.problems) {
            expect(source?.line).toBeGreaterThan(0);
            expect(hint).toBeTruthy();
          }
        }
      },
    ),
    { numRuns: 400 },
  );
});
