import type { BackendFeature, ExtensionPointRegistration, InitRegistration } from '@bulkhead/backend-plugin-api';
import { viewInitDeps } from '../views/views.ts';
import type { WireExtensionPointRegistration, WireRegistration } from '../wire/wire.ts';
import { translateDeps, translateExtensionPoint } from './refs.ts';

const MARK = '@bulkhead/BackendFeature';

/** The native form of a plugin or module, of either generation of registrations. */
export function translateRegistration(wire: WireRegistration): BackendFeature {
  const { pluginId, connections } = wire;
  const shared = {
    pluginId,
    extensionPoints: wire.extensionPoints.map(translateExtensionPointRegistration),
    ...(connections && { connections }),
    init: translateInit(wire),
  };
  if (wire.type === 'plugin' || wire.type === 'plugin-v1.1') {
    return { $$type: MARK, type: 'plugin', pluginId, getRegistration: () => ({ type: 'plugin', ...shared }) };
  }
  const moduleId = wire.moduleId!;
  return {
    $$type: MARK,
    type: 'module',
    pluginId,
    moduleId,
    getRegistration: () => ({ type: 'module', moduleId, ...shared }),
  };
}

function translateInit(wire: WireRegistration): InitRegistration {
  const { init } = wire;
  return {
    deps: translateDeps(init.deps),
    run: async (resolved) => void (await init.func(viewInitDeps(wire, resolved))),
  };
}

function translateExtensionPointRegistration(wire: WireExtensionPointRegistration): ExtensionPointRegistration {
  if ('extensionPoint' in wire) {
    const extensionPoint = translateExtensionPoint(wire.extensionPoint);
    return { extensionPoint, factory: (context) => wire.factory(context) };
  }
  const [extensionPoint, implementation] = wire;
  return { extensionPoint: translateExtensionPoint(extensionPoint), factory: () => implementation };
}
