import { BulkheadError } from '@bulkhead/errors';
import { formatShapeFault, type ShapeFault } from '@bulkhead/errors/shape';

/** The default factory of a service is no service factory. */
export function noServiceFactory(id: string, fault: ShapeFault): BulkheadError {
  return new BulkheadError(
    'ERR_INTEROP_DEFAULT_FACTORY',
    `What the default factory of service '${id}' loads is no service factory: ${formatShapeFault(fault)}`,
    { hint: 'It should return what createServiceFactory() makes. Update the package that names the service.' },
  );
}

/** Something that is handed over as an extension point middleware and is none. */
export function invalidMiddleware(fault: ShapeFault): BulkheadError {
  return new BulkheadError(
    'ERR_INTEROP_INVALID_MIDDLEWARE',
    `This is no extension point factory middleware: ${formatShapeFault(fault)}`,
    { hint: 'Pass what createExtensionPointFactoryMiddleware() makes.' },
  );
}

/** A handler has rejected without saying why. */
export function emptyRejection(): BulkheadError {
  return new BulkheadError('ERR_INTEROP_EMPTY_REJECTION', 'A handler rejected without an error', {
    hint: 'Somewhere a promise is rejected with nothing: reject(new Error(…)) tells what went wrong.',
  });
}
