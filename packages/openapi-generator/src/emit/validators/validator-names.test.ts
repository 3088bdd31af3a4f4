import { expect, it } from '@jest/globals';
import { emitValidators } from './validators-module.ts';
import { ValidatorNames } from './validator-names.ts';

const TEXT = { type: 'string' };
const REF = { $ref: '#/components/schemas/TodoBody' };

it('tell the body of an operation from a schema whose validator would have the same name', () => {
  const names = new ValidatorNames();

  expect(names.use('requestTodoBody', TEXT, 'request')).toBe('requestTodoBody');
  expect(names.use('createTodoBody', REF, 'request')).toBe('requestTodoBody2');
  expect(names.use('updateTodoBody', REF, 'request')).toBe('requestTodoBody2');
  expect(names.uses.map(({ exportName, schema }) => [exportName, schema])).toEqual([
    ['requestTodoBody', TEXT],
    ['requestTodoBody2', REF],
  ]);
});

it('are made of letters that the compiler takes', () => {
  const names = new ValidatorNames();

  names.use('zähleTodosBody', TEXT, 'request');
  names.use('$allBody', TEXT, 'request');

  expect(emitValidators(names.uses, new Map()).match(/^export const \w+: Validator/gm)).toEqual([
    'export const z_e4hleTodosBody: Validator',
    'export const _24allBody: Validator',
  ]);
});
