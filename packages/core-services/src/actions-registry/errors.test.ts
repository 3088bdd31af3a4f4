import { expect, it } from '@jest/globals';
import { z } from 'zod/v3';
import { invalidSecrets } from './errors.ts';

it('tells what is wrong with secrets without them', () => {
  const schema = z.object({ kind: z.enum(['basic', 'bearer']), token: z.string().min(40), user: z.literal('me') });
  const { error } = schema.safeParse({ kind: "hunter2, received 'x'", token: 'hunter2', user: 'hunter2' });
  const { violations, message, cause } = invalidSecrets('todo:add', error!);
  expect(violations).toEqual([
    { pointer: '/secrets/kind', message: "Invalid enum value. Expected 'basic' | 'bearer'" },
    { pointer: '/secrets/token', message: 'String must contain at least 40 character(s)' },
    { pointer: '/secrets/user', message: 'Invalid literal value, expected "me"' },
  ]);
  expect(JSON.stringify([violations, message, cause])).not.toContain('hunter2');
});
