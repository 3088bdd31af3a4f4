import type {
  FeatureLoader,
  ModuleRegistration,
  PluginRegistration,
  ServiceFactory,
} from '@bulkhead/backend-plugin-api';
import type { Owner } from '../problems/plan-problem.ts';
import type { FeaturePackage } from './feature-package.ts';

/** How a feature got here. */
export interface FeatureOrigin {
  /** Which `backend.add()` it came with, counted from 1. */
  readonly position: number;
  /** Descriptions of the loaders that yielded it, the outermost first. */
  readonly loaders: readonly string[];
  /** Where the author defined it, as `file:line:column`. A function because finding out is costly. */
  readonly declaredAt?: () => string | undefined;
  /** The npm package that it came from, if that can be found out. A function for the same reason. */
  readonly package?: (owner?: Owner) => FeaturePackage | undefined;
}

/** A plugin in the one form that everything behind the intake knows. */
export interface NormalPlugin {
  readonly type: 'plugin';
  /** The id under which it is installed. */
  readonly pluginId: string;
  /** The id that its author gave it. Differs for an instance under another id. */
  readonly declaredPluginId: string;
  readonly registration: PluginRegistration;
  readonly origin: FeatureOrigin;
}

/** A module in the one form that everything behind the intake knows. */
export interface NormalModule {
  readonly type: 'module';
  /** The id of the installed plugin that it joins. */
  readonly pluginId: string;
  /** The id of the plugin that its author wrote it for. */
  readonly declaredPluginId: string;
  readonly moduleId: string;
  readonly registration: ModuleRegistration;
  readonly origin: FeatureOrigin;
}

/** A service factory in the one form that everything behind the intake knows. */
export interface NormalService {
  readonly type: 'service';
  readonly factory: ServiceFactory;
  readonly origin: FeatureOrigin;
}

/** A feature loader in the one form that everything behind the intake knows. */
export interface NormalLoader {
  readonly type: 'loader';
  readonly loader: FeatureLoader;
  readonly origin: FeatureOrigin;
}

/** Any feature, once the intake has recognised it. */
export type NormalFeature = NormalPlugin | NormalModule | NormalService | NormalLoader;
