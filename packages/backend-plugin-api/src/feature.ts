import type { ConnectionRegistration } from './connections.ts';
import type { ExtensionPoint, ExtensionPointRegistration } from './extension-point.ts';
import type { FeatureLoader } from './feature-loader.ts';
import type { ServiceFactory } from './service-factory.ts';
import type { AnyServiceRef } from './service-ref.ts';

/** Anything that `backend.add()` takes: a plugin, a module, a service factory or a feature loader. */
export type BackendFeature = PluginFeature | ModuleFeature | ServiceFactory | FeatureLoader;

/** A feature of another protocol that the host takes, or a function of an older generation that makes one. */
export interface ForeignFeature {
  readonly $$type: `@${string}/BackendFeature` | `@${string}/BackendFeatureFactory`;
}

/** A plugin, before it is installed. */
export interface PluginFeature {
  readonly $$type: '@bulkhead/BackendFeature';
  readonly type: 'plugin';
  readonly pluginId: string;
  /** Where `createBackendPlugin` was called, as `file:line:column`, if known. */
  readonly declaredAt?: string;
  /** Runs `register` and returns what it declared. Each call makes fresh closures: call it once per installation. */
  getRegistration(): PluginRegistration;
}

/** A module, before it is installed. */
export interface ModuleFeature {
  readonly $$type: '@bulkhead/BackendFeature';
  readonly type: 'module';
  readonly pluginId: string;
  readonly moduleId: string;
  /** Where `createBackendModule` was called, as `file:line:column`, if known. */
  readonly declaredAt?: string;
  /** Runs `register` and returns what it declared. Each call makes fresh closures: call it once per installation. */
  getRegistration(): ModuleRegistration;
}

/** What a plugin declared in `register`. */
export interface PluginRegistration {
  readonly type: 'plugin';
  readonly pluginId: string;
  readonly extensionPoints: readonly ExtensionPointRegistration[];
  /** The connections that it may look up; absent means none. */
  readonly connections?: readonly ConnectionRegistration[];
  readonly init: InitRegistration;
}

/** What a module declared in `register`. */
export interface ModuleRegistration {
  readonly type: 'module';
  readonly pluginId: string;
  readonly moduleId: string;
  readonly extensionPoints: readonly ExtensionPointRegistration[];
  /** The connections that it may look up; absent means none. */
  readonly connections?: readonly ConnectionRegistration[];
  readonly init: InitRegistration;
}

/** Dependencies and body of an init. */
export interface InitRegistration {
  readonly deps: Readonly<Record<string, AnyServiceRef | ExtensionPoint<unknown>>>;
  run(deps: Readonly<Record<string, unknown>>): Promise<void>;
}
