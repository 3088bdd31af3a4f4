/** The imports of a generated module. A name that a schema has taken gets another one. */
export class Imports {
  readonly #taken: ReadonlySet<string>;
  readonly #modules = new Map<string, Map<string, string>>();

  /** @param taken - names that the module declares */
  constructor(taken: ReadonlySet<string> = new Set()) {
    this.#taken = taken;
  }

  /**
   * The local name of something that is imported.
   *
   * @param kind - whether it is there at run time
   */
  use(module: string, name: string, kind: 'type' | 'value' = 'type'): string {
    const names = this.#modules.get(module) ?? new Map<string, string>();
    this.#modules.set(module, names);
    const local = this.#taken.has(name) ? `Contract${name}` : name;
    const specifier = local === name ? name : `${name} as ${local}`;
    names.set(kind === 'type' ? `type ${specifier}` : specifier, kind);
    return local;
  }

  /** The name of a type that is there without import. */
  global(name: string): string {
    return this.#taken.has(name) ? `globalThis.${name}` : name;
  }

  /** The statements. */
  toText(): string {
    return [...this.#modules]
      .sort(([one], [other]) => compareModules(one, other))
      .map(([module, names]) => importStatement(module, names))
      .join('\n');
  }
}

function importStatement(module: string, names: ReadonlyMap<string, string>): string {
  const specifiers = [...names.keys()].sort((one, other) => compare(bare(one), bare(other)));
  const isTypeOnly = [...names.values()].every((kind) => kind === 'type');
  const list = isTypeOnly ? specifiers.map(bare) : specifiers;
  return `import ${isTypeOnly ? 'type ' : ''}{ ${list.join(', ')} } from '${module}';`;
}

function bare(specifier: string): string {
  return specifier.replace(/^type /u, '');
}

/** Packages come before files. */
function compareModules(one: string, other: string): number {
  return Number(one.startsWith('.')) - Number(other.startsWith('.')) || compare(one, other);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
