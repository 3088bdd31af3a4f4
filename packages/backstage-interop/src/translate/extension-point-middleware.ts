import type { ExtensionPoint } from '@bulkhead/backend-plugin-api';
import { fields, oneOf } from '@bulkhead/errors/shape';
import { invalidMiddleware } from '../errors.ts';
import { middlewareShape } from '../wire/shapes.ts';
import {
  EXTENSION_POINT_MARK,
  EXTENSION_POINT_MIDDLEWARE_MARK,
  type WireExtensionPointMiddleware,
} from '../wire/wire.ts';
import { translateExtensionPoint } from './refs.ts';

/** What stands between an extension point and the modules that use it, in native form. */
export interface TranslatedMiddleware {
  readonly extensionPoint: ExtensionPoint<unknown>;
  wrap(original: unknown): unknown;
}

/**
 * The native form of what `createExtensionPointFactoryMiddleware` makes, for `extensionPointMiddleware` of an assembly.
 *
 * @throws BulkheadError `ERR_INTEROP_INVALID_MIDDLEWARE`
 */
export function translateExtensionPointMiddleware(middleware: object): TranslatedMiddleware {
  const fault = fields({ $$type: oneOf(EXTENSION_POINT_MIDDLEWARE_MARK) })(middleware) ?? middlewareShape(middleware);
  if (fault) throw invalidMiddleware(fault);
  const wire = middleware as WireExtensionPointMiddleware;
  return {
    extensionPoint: translateExtensionPoint({ $$type: EXTENSION_POINT_MARK, id: wire.extensionPointId }),
    wrap: (original) => wire.middleware(original),
  };
}
