import {
  anything,
  arrayOf,
  fields,
  kind,
  oneOf,
  optional,
  recordOf,
  tupleOf,
  type Shape,
  type ShapeFault,
} from '@bulkhead/errors/shape';
import type { WireExtensionPoint, WireRegistration } from './wire.ts';

const serviceRef = fields({
  $$type: optional(kind('string')),
  id: kind('string'),
  scope: oneOf('plugin', 'root'),
  multiton: optional(kind('boolean')),
  __defaultFactory: optional(kind('function')),
});

const extensionPoint = fields({ id: kind('string') });

/** A dependency of an init. */
const dependency: Shape = (value) => (isExtensionPoint(value) ? extensionPoint(value) : serviceRef(value));

/** A service factory. */
export const serviceFactoryShape: Shape = fields({
  service: serviceRef,
  initialization: optional(oneOf('always', 'lazy')),
  deps: recordOf(serviceRef),
  createRootContext: optional(kind('function')),
  factory: kind('function'),
});

/** A feature loader. */
export const loaderShape: Shape = fields({
  description: optional(kind('string')),
  deps: optional(recordOf(serviceRef)),
  loader: kind('function'),
});

/** What is left of a feature that registers plugins and modules, before it has done so. */
export const registrationsShape: Shape = fields({ getRegistrations: kind('function') });

/** What stands between an extension point and its users. */
export const middlewareShape: Shape = fields({
  version: oneOf('v1'),
  extensionPointId: kind('string'),
  middleware: kind('function'),
});

const init = fields({ deps: recordOf(dependency), func: kind('function') });
const plugin = { pluginId: kind('string') };
const module = { pluginId: kind('string'), moduleId: kind('string') };

const paired = { extensionPoints: arrayOf(tupleOf(extensionPoint, anything)), init };
const made = {
  extensionPoints: arrayOf(fields({ extensionPoint, factory: kind('function') })),
  connections: optional(
    distinctTypes(
      arrayOf(
        fields({
          type: kind('string'),
          required: optional(kind('boolean')),
          description: optional(kind('string')),
        }),
      ),
    ),
  ),
  init,
};

/** Each kind of registration, of both generations. */
export const registrationShapes: Readonly<Record<WireRegistration['type'], Shape>> = {
  plugin: fields({ ...plugin, ...paired }),
  'plugin-v1.1': fields({ ...plugin, ...made }),
  module: fields({ ...module, ...paired }),
  'module-v1.1': fields({ ...module, ...made }),
};

/** A connection is declared once, so that there is one answer to what was said about it. */
function distinctTypes(connections: Shape): Shape {
  return (value) => connections(value) ?? findRepetition(value as readonly { readonly type: string }[]);
}

function findRepetition(connections: readonly { readonly type: string }[]): ShapeFault | undefined {
  const types = connections.map(({ type }) => type);
  const index = types.findIndex((type, at) => types.indexOf(type) < at);
  if (index < 0) return undefined;
  return { path: [`[${index}]`, 'type'], message: `repeats "${types[index]}", which is declared already` };
}

/** An extension point says that it is one, whichever protocol it is of; anything else is a service. */
export function isExtensionPoint(value: unknown): value is WireExtensionPoint {
  const mark: unknown = (value as { $$type?: unknown } | null | undefined)?.$$type;
  return typeof mark === 'string' && mark.endsWith('/ExtensionPoint');
}
