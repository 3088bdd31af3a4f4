import type { ServiceInitialization, ServiceScope } from '@bulkhead/backend-plugin-api';
import type { Problem } from '@bulkhead/errors';
import type { ServiceOrigin } from '../container/service-catalog.ts';

/** What will be started, and in which order. Plain data, known before anything has been started. */
export interface Plan {
  /** All services that will or may be made, each after what it depends on. */
  readonly services: readonly PlannedService[];
  /** All plugins, in the order in which they were added. They start side by side. */
  readonly plugins: readonly PlannedPlugin[];
  /** What plugins offer to their modules. */
  readonly extensionPoints: readonly PlannedExtensionPoint[];
  /** What will not be started. */
  readonly leftOut: readonly LeftOut[];
}

/** A service, or one of the factories of a multiton. */
export interface PlannedService {
  readonly id: string;
  readonly scope: ServiceScope;
  readonly multiton: boolean;
  readonly initialization: ServiceInitialization;
  /** Who provides it. */
  readonly origin: ServiceOrigin;
  /** Ids of the services that it needs. */
  readonly deps: readonly string[];
}

/** What plugins and modules have in common. */
export interface PlannedFeature {
  /** Which `backend.add()` it came with, counted from 1. */
  readonly position: number;
  /** The loaders that yielded it, the outermost first. */
  readonly loaders: readonly string[];
  /** Where its author defined it, as `file:line:column`, if known. Asking is costly. */
  readonly declaredAt?: string;
  /** The npm package that it came from, if that can be found out. Asking is costly. */
  readonly package?: { readonly name: string; readonly version: string; readonly folder?: string };
  /** The id of the plugin as its author wrote it; differs for an instance. */
  readonly declaredPluginId: string;
  /** Ids of the services that its init needs. */
  readonly services: readonly string[];
  /** Ids of the extension points that it registers. */
  readonly extensionPoints: readonly string[];
}

/** A plugin with its modules. */
export interface PlannedPlugin extends PlannedFeature {
  readonly pluginId: string;
  /** In the order in which they start; unrelated ones start side by side. */
  readonly modules: readonly PlannedModule[];
}

/** A module of a plugin. */
export interface PlannedModule extends PlannedFeature {
  readonly moduleId: string;
  /** Ids of the extension points that its init needs. */
  readonly uses: readonly string[];
  /** Ids of the modules that must have started before, because they use an extension point of this one. */
  readonly after: readonly string[];
}

/** An extension point of an installed plugin. */
export interface PlannedExtensionPoint {
  readonly id: string;
  readonly pluginId: string;
  /** The module that registers it; absent when the plugin itself does. */
  readonly moduleId?: string;
  /** Ids of the modules that use it. */
  readonly usedBy: readonly string[];
}

/**
 * A plugin or module that is left out: because it is switched off, because it was not selected for this process, or
 * because the failure policy tolerates a fault.
 */
export interface LeftOut {
  readonly pluginId: string;
  readonly moduleId?: string;
  readonly reason: 'disabled' | 'unselected' | 'failure';
  /** What is wrong with it; empty when that is not the reason. */
  readonly problems: readonly Problem[];
}
