import type { BackendFeature, ExtensionPointRegistration, InitRegistration } from '@bulkhead/backend-plugin-api';
import { viewServices } from '../views/views.ts';
import type { WireDeps, WireExtensionPointRegistration, WireRegistration } from '../wire/wire.ts';
import { isWireExtensionPoint, translateExtensionPoint, translateServiceRef } from './refs.ts';

/** The native form of a plugin or module, of either generation of registrations. */
export function translateRegistration(wire: WireRegistration): BackendFeature {
  const { pluginId, moduleId } = wire;
  const shared = {
    pluginId,
    extensionPoints: wire.extensionPoints.map(translateExtensionPointRegistration),
    init: translateInit(wire),
  };
  const mark = '@bulkhead/BackendFeature';
  return moduleId === undefined
    ? { $$type: mark, type: 'plugin', pluginId, getRegistration: () => ({ type: 'plugin', ...shared }) }
    : {
        $$type: mark,
        type: 'module',
        pluginId,
        moduleId,
        getRegistration: () => ({ type: 'module', moduleId, ...shared }),
      };
}

function translateInit({ init }: WireRegistration): InitRegistration {
  return {
    deps: translateDeps(init.deps),
    run: async (resolved) => void (await init.func(viewServices(init.deps, resolved))),
  };
}

function translateDeps(deps: WireDeps): InitRegistration['deps'] {
  return Object.fromEntries(
    Object.entries(deps).map(([name, ref]) => [
      name,
      isWireExtensionPoint(ref) ? translateExtensionPoint(ref) : translateServiceRef(ref),
    ]),
  );
}

function translateExtensionPointRegistration(wire: WireExtensionPointRegistration): ExtensionPointRegistration {
  if ('extensionPoint' in wire) {
    const extensionPoint = translateExtensionPoint(wire.extensionPoint);
    return { extensionPoint, factory: (context) => wire.factory(context) };
  }
  const [extensionPoint, implementation] = wire;
  return { extensionPoint: translateExtensionPoint(extensionPoint), factory: () => implementation };
}
