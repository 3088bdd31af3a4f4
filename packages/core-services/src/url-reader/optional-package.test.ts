import { expect, it } from '@jest/globals';
import { loadOptional } from './optional-package.ts';

it('names the package that is missing', async () => {
  const missing = 'not-installed-here';
  await expect(loadOptional(missing, () => import(missing))).rejects.toMatchObject({
    code: 'ERR_URL_READER_CLIENT_MISSING',
    hint: 'Install it: npm install not-installed-here',
  });
  await expect(loadOptional('tar', () => Promise.resolve(5))).resolves.toBe(5);
});

it('hands on why a package that is there cannot be loaded', async () => {
  const missing = 'not-installed-here';
  const broken = new SyntaxError('Unexpected token');
  await expect(loadOptional('tar', () => Promise.reject(broken))).rejects.toBe(broken);
  await expect(loadOptional('tar', () => import(missing))).rejects.toMatchObject({
    code: expect.stringContaining('MODULE_NOT_FOUND'),
  });
});
