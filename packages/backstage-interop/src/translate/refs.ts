import type { AnyServiceRef, ExtensionPoint, ServiceFactory } from '@bulkhead/backend-plugin-api';
import {
  EXTENSION_POINT_MARK,
  type WireExtensionPoint,
  type WireServiceFactory,
  type WireServiceRef,
} from '../wire/wire.ts';
import { translateServiceFactory } from './service-factory.ts';

/** Refs are few and named over and over again. */
const serviceRefs = new WeakMap<WireServiceRef, AnyServiceRef>();

/** Whether a dependency is an extension point rather than a service. */
export function isWireExtensionPoint(ref: WireServiceRef | WireExtensionPoint): ref is WireExtensionPoint {
  return ref.$$type === EXTENSION_POINT_MARK;
}

/** The native name of a service. Its default factory, if it has one, is translated when it is first needed. */
export function translateServiceRef(ref: WireServiceRef): AnyServiceRef {
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

function toServiceRef(ref: WireServiceRef): AnyServiceRef {
  const { id, scope, multiton = false, __defaultFactory: load } = ref;
  const defaultFactory = async (): Promise<ServiceFactory> => {
    const factory = await load!(ref);
    return translateServiceFactory(factory as WireServiceFactory);
  };
  return {
    $$type: '@bulkhead/ServiceRef',
    id,
    scope,
    multiton,
    T: null,
    ...(load && { defaultFactory }),
    toString: () => `serviceRef{${id}}`,
  };
}
