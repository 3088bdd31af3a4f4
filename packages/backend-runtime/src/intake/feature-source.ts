import type { BackendFeature, ForeignFeature } from '@bulkhead/backend-plugin-api';

/** A feature of any protocol. */
type Feature = BackendFeature | ForeignFeature;

/** A module namespace whose default export is a feature, also through one level of CommonJS interop. */
export type FeatureModule = { readonly default: Feature } | { readonly default: { readonly default: Feature } };

/** What `backend.add()` takes: a feature or its module, a promise of one, or a function that returns such a promise. */
export type FeatureInput =
  Feature | FeatureModule | Promise<Feature | FeatureModule> | (() => Promise<Feature | FeatureModule>);

/** How many `default` exports are unwrapped: that of an ES module, and that of a CommonJS module inside of it. */
const DEFAULT_LEVELS = 2;

/** Whether `value` carries the mark of a feature, of whichever protocol. Functions may carry the fields, too. */
export function isMarked(value: unknown): value is { readonly $$type: string } {
  return isRecordLike(value) && typeof value.$$type === 'string';
}

/** Calls, awaits and unwraps until what was meant is in hand. Says nothing about whether that is a feature. */
export function resolveFeatureSource(source: unknown): unknown {
  const called = typeof source === 'function' && !isMarked(source) ? (source as () => unknown)() : source;
  return called instanceof Promise || isThenable(called)
    ? Promise.resolve(called).then(unwrapDefaults)
    : unwrapDefaults(called);
}

function unwrapDefaults(value: unknown): unknown {
  let unwrapped = value;
  for (let level = 0; level < DEFAULT_LEVELS; level++) {
    if (!isRecordLike(unwrapped) || isMarked(unwrapped) || !('default' in unwrapped)) break;
    unwrapped = unwrapped.default;
  }
  return unwrapped;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return isRecordLike(value) && !isMarked(value) && typeof value.then === 'function';
}

function isRecordLike(value: unknown): value is Record<string, unknown> {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
