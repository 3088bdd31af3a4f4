import { describe, expect, it } from '@jest/globals';
import { translateExtensionPointMiddleware } from './extension-point-middleware.ts';

const wire = {
  $$type: '@backstage/ExtensionPointFactoryMiddleware',
  version: 'v1',
  extensionPointId: 'a.point',
  middleware: async (original: unknown) => [original],
};

describe('translateExtensionPointMiddleware', () => {
  it('names the extension point natively and wraps what it gets', async () => {
    const { extensionPoint, wrap } = translateExtensionPointMiddleware(wire);
    expect(extensionPoint).toMatchObject({ $$type: '@bulkhead/ExtensionPoint', id: 'a.point' });
    expect(await wrap('original')).toEqual(['original']);
  });

  it.each([
    [{}, "'$$type' should be"],
    [{ ...wire, version: 'v2' }, '\'version\' should be "v1", but is "v2"'],
    [{ ...wire, middleware: undefined }, "'middleware' should be a function, but is missing"],
  ])('refuses what is none: %#', (middleware, fault) => {
    expect(() => translateExtensionPointMiddleware(middleware)).toThrow(
      expect.objectContaining({ code: 'ERR_INTEROP_INVALID_MIDDLEWARE', message: expect.stringContaining(fault) }),
    );
  });
});
