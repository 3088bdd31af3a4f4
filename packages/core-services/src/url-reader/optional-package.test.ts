import { expect, it } from '@jest/globals';
import { loadOptional } from './optional-package.ts';

it('names the package that is missing', async () => {
  const missing = 'not-installed-here';
  await expect(loadOptional('tar', () => import(missing))).rejects.toMatchObject({
    code: 'ERR_URL_READER_CLIENT_MISSING',
    hint: 'Install it: npm install tar',
  });
  await expect(loadOptional('tar', () => Promise.resolve(5))).resolves.toBe(5);
});
