/**
 * Backstage's wire form, as its packages make it (`@backstage/backend-plugin-api` up to 1.10): plain data and functions,
 * matched by `$$type` and `id`, never by identity.
 *
 * @packageDocumentation
 */

/** The mark of a feature. */
export const FEATURE_MARK = '@backstage/BackendFeature';
/** The mark of a function of an older generation that makes a feature. */
export const FEATURE_FACTORY_MARK = '@backstage/BackendFeatureFactory';
/** The mark of an extension point. */
export const EXTENSION_POINT_MARK = '@backstage/ExtensionPoint';
/** The mark of what stands between an extension point and its users. */
export const EXTENSION_POINT_MIDDLEWARE_MARK = '@backstage/ExtensionPointFactoryMiddleware';
/** The only version of features that there is so far. */
export const WIRE_VERSION = 'v1';

/** The typed name of a service. */
export interface WireServiceRef {
  readonly $$type?: string;
  readonly id: string;
  readonly scope: 'plugin' | 'root';
  readonly multiton?: boolean;
  /** Makes the factory that is used when nobody provides one. */
  readonly __defaultFactory?: (ref: WireServiceRef) => unknown;
}

/** The typed name of an extension point. */
export interface WireExtensionPoint {
  readonly $$type: typeof EXTENSION_POINT_MARK;
  readonly id: string;
}

/** Named services that a factory or loader depends on. */
export type WireServiceDeps = Readonly<Record<string, WireServiceRef>>;

/** Named dependencies of an init. */
export type WireDeps = Readonly<Record<string, WireServiceRef | WireExtensionPoint>>;

/** A service factory. */
export interface WireServiceFactory {
  readonly service: WireServiceRef;
  readonly initialization?: 'always' | 'lazy';
  readonly deps: WireServiceDeps;
  createRootContext?(deps: Readonly<Record<string, unknown>>): unknown;
  factory(deps: Readonly<Record<string, unknown>>, rootContext: unknown): unknown;
}

/** A feature loader. */
export interface WireLoader {
  readonly description?: string;
  readonly deps?: WireServiceDeps;
  loader(deps: Readonly<Record<string, unknown>>): unknown;
}

/** What a factory of extension points can tell about the module that it serves. */
export interface WireExtensionPointContext {
  reportModuleStartupFailure(options: { readonly error: Error }): void;
}

/** How an extension point is provided: `[ref, implementation]` in the older generation of registrations. */
export type WireExtensionPointRegistration =
  | readonly [WireExtensionPoint, unknown]
  | {
      readonly extensionPoint: WireExtensionPoint;
      factory(context: WireExtensionPointContext): unknown;
    };

/** A connection that a plugin or module said it would look up. */
export interface WireConnection {
  readonly type: string;
  readonly required?: boolean;
  readonly description?: string;
}

/** What one plugin or module declared, in both generations. */
export interface WireRegistration {
  readonly type: 'plugin' | 'plugin-v1.1' | 'module' | 'module-v1.1';
  readonly pluginId: string;
  readonly moduleId?: string;
  readonly extensionPoints: readonly WireExtensionPointRegistration[];
  readonly connections?: readonly WireConnection[];
  readonly init: { readonly deps: WireDeps; func(deps: Readonly<Record<string, unknown>>): unknown };
}

/** What stands between an extension point and the modules that use it. */
export interface WireExtensionPointMiddleware {
  readonly $$type: typeof EXTENSION_POINT_MIDDLEWARE_MARK;
  readonly version: string;
  readonly extensionPointId: string;
  middleware(original: unknown): unknown;
}
