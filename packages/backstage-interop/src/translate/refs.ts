import type { AnyServiceRef, ExtensionPoint, ServiceDeps, ServiceFactory } from '@bulkhead/backend-plugin-api';
import { noServiceFactory } from '../errors.ts';
import { isExtensionPoint, serviceFactoryShape } from '../wire/shapes.ts';
import {
  FEATURE_FACTORY_MARK,
  type WireDeps,
  type WireExtensionPoint,
  type WireServiceDeps,
  type WireServiceFactory,
  type WireServiceRef,
} from '../wire/wire.ts';
import { translateServiceFactory } from './service-factory.ts';

/** Refs are few and named over and over again. */
const serviceRefs = new WeakMap<WireServiceRef, AnyServiceRef>();

/** The native name of a service or extension point. One that is native already stays as it is. */
export function translateRef(ref: object): AnyServiceRef | ExtensionPoint<unknown> {
  return isExtensionPoint(ref) ? translateExtensionPoint(ref) : translateServiceRef(ref as WireServiceRef);
}

/** The native name of a service. Its default factory, if it has one, is translated when it is first needed. */
export function translateServiceRef(ref: WireServiceRef): AnyServiceRef {
  if (ref.$$type === '@bulkhead/ServiceRef') return ref as unknown as AnyServiceRef;
  let translated = serviceRefs.get(ref);
  if (!translated) {
    translated = toServiceRef(ref);
    serviceRefs.set(ref, translated);
  }
  return translated;
}

/** The native name of an extension point. */
export function translateExtensionPoint({ id }: WireExtensionPoint): ExtensionPoint<unknown> {
  return { $$type: '@bulkhead/ExtensionPoint', id, T: null, toString: () => `extensionPoint{${id}}` };
}

/** Native names in place of a record of foreign ones. */
export function translateDeps(deps: WireDeps): Readonly<Record<string, AnyServiceRef | ExtensionPoint<unknown>>> {
  return Object.fromEntries(Object.entries(deps).map(([name, ref]) => [name, translateRef(ref)]));
}

/** The same for services alone. */
export function translateServiceDeps(deps: WireServiceDeps): ServiceDeps {
  return Object.fromEntries(Object.entries(deps).map(([name, ref]) => [name, translateServiceRef(ref)]));
}

function toServiceRef(ref: WireServiceRef): AnyServiceRef {
  const { id, scope, multiton = false, __defaultFactory: load } = ref;
  return {
    $$type: '@bulkhead/ServiceRef',
    id,
    scope,
    multiton,
    T: null,
    ...(load && { defaultFactory: async () => toDefaultFactory(id, await load(ref)) }),
    toString: () => `serviceRef{${id}}`,
  };
}

/** Older generations give a function that makes the factory; a loader may give the module that it imported. */
function toDefaultFactory(id: string, loaded: unknown): ServiceFactory {
  const unwrapped = isDefaultExport(loaded) ? loaded.default : loaded;
  const factory: unknown = isFactoryFunction(unwrapped) ? unwrapped() : unwrapped;
  const { $$type } = (factory ?? {}) as { $$type?: unknown };
  if ($$type === '@bulkhead/BackendFeature') return factory as ServiceFactory;
  const fault = serviceFactoryShape(factory);
  if (fault) throw noServiceFactory(id, fault);
  return translateServiceFactory(factory as WireServiceFactory);
}

function isDefaultExport(value: unknown): value is { readonly default: unknown } {
  return typeof value === 'object' && value !== null && !('$$type' in value) && 'default' in value;
}

function isFactoryFunction(value: unknown): value is () => unknown {
  return typeof value === 'function' && (!('$$type' in value) || value.$$type === FEATURE_FACTORY_MARK);
}
