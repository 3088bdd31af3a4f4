import { expect, it } from '@jest/globals';
import { requirePackage } from './integrations.ts';

it('names the package that is missing', () => {
  expect(() => requirePackage('@example/client', 'integrations.example')).toThrow(
    expect.objectContaining({
      code: 'ERR_URL_READER_CLIENT_MISSING',
      message: "Reading by 'integrations.example' needs the package '@example/client'",
      hint: 'Install it: npm install @example/client',
    }),
  );
});
