import { createRequire } from 'node:module';

/** An object, or a function with fields. */
interface Exported {
  readonly $$type?: unknown;
  readonly id?: unknown;
}

const { cache } = createRequire(import.meta.url);

/**
 * What the CommonJS modules of this process export and carries a `$$type`: features, and names of services. Nearly all
 * packages made for Backstage are CommonJS; of ES modules Node.js keeps no list.
 */
export class LoadedModules {
  #size = -1;
  #exporters = new Map<Exported, NodeJS.Module[]>();

  /** The file of the module that made a value: of all that export it the innermost. */
  fileOf(value: unknown): string | undefined {
    const exporters = this.#index().get(value as Exported);
    // A package that only passes something on has the one that made it among its children.
    const maker = exporters?.find(({ children }) => !children.some((child) => exporters.includes(child)));
    return (maker ?? exporters?.[0])?.filename;
  }

  /** The first exported value that fits. */
  find(fits: (value: Exported) => boolean): unknown {
    return Array.from(this.#index().keys()).find(fits);
  }

  /** Modules can have been loaded since. */
  #index(): ReadonlyMap<Exported, NodeJS.Module[]> {
    const modules = Object.values(cache).filter((module) => module !== undefined);
    if (modules.length === this.#size) return this.#exporters;
    this.#size = modules.length;
    this.#exporters = new Map();
    for (const module of modules) {
      for (const value of exportedValues(module)) {
        const exporters = this.#exporters.get(value);
        if (!exporters) this.#exporters.set(value, [module]);
        else if (!exporters.includes(module)) exporters.push(module);
      }
    }
    return this.#exporters;
  }
}

/** Getters are left alone: reading one can load half a package, or throw. */
function exportedValues({ exports }: NodeJS.Module): Exported[] {
  if (!isObjectLike(exports)) return [];
  try {
    const values = Object.values(Object.getOwnPropertyDescriptors(exports)).map(({ value }) => value as unknown);
    return [exports, ...values].filter(isMarked);
  } catch {
    // A proxy can refuse anything.
    return [];
  }
}

function isMarked(value: unknown): value is Exported {
  return isObjectLike(value) && '$$type' in value;
}

function isObjectLike(value: unknown): value is Exported {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
