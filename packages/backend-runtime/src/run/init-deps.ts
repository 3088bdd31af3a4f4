import type { AnyServiceRef, InitRegistration } from '@bulkhead/backend-plugin-api';
import type { ServiceContainer } from '../container/service-container.ts';
import { isExtensionPoint } from '../validate/extension-points.ts';
import type { Activity } from './activity.ts';

/** For whom dependencies are resolved. */
export interface InitDepsContext {
  readonly container: ServiceContainer;
  readonly pluginId: string;
  /** Keeps account of what is still missing. */
  readonly activity: Activity;
  /** Makes an extension point; absent where none can be asked for. */
  createExtensionPoint?(id: string): Promise<unknown>;
}

/** Resolves the dependencies of an init side by side, and keeps account of those that are still missing. */
export async function resolveInitDeps(
  deps: InitRegistration['deps'],
  context: InitDepsContext,
): Promise<Record<string, unknown>> {
  const { container, pluginId, activity } = context;
  const resolve = async (ref: AnyServiceRef): Promise<unknown> => {
    activity.pending.add(ref.id);
    const instance = await container.get(ref, pluginId);
    activity.pending.delete(ref.id);
    return instance;
  };
  const entries = Object.entries(deps).map(async ([name, dependency]) => {
    const instance = isExtensionPoint(dependency)
      ? await context.createExtensionPoint?.(dependency.id)
      : await resolve(dependency);
    return [name, instance] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
