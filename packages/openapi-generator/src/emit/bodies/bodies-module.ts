import type { JsonObject } from '@bulkhead/types';
import type { Schema } from '../../model/contract-model.ts';
import { UniqueNames } from '../../model/names.ts';
import { GENERATED_NOTICE } from '../generated-notice.ts';
import { capitalize } from '../operation-names.ts';
import { hiddenProperties, type Direction } from '../schema/direction.ts';
import { readDiscriminator } from '../schema/discriminator.ts';
import { isSchema, refName, schemaListOf, schemasOf, type NamedSchemas } from '../schema/schema-ref.ts';
import { someSchema } from '../schema/subschemas.ts';
import { literal, propertyKey } from '../source-text.ts';

/**
 * The functions that take out of bodies what does not travel in their direction: `readOnly` properties of requests,
 * `writeOnly` ones of responses. Most contracts need none.
 */
export class BodyPreparations {
  readonly #named: NamedSchemas;
  readonly #functions = new Map<string, string>();
  /** The functions for named schemas, by direction and name: that of an operation's part may look alike. */
  readonly #namedFunctions = new Map<string, string>();
  readonly #names = new UniqueNames();
  readonly #runtime = new Set<string>();

  constructor(named: NamedSchemas) {
    this.#named = named;
  }

  /** Whether `bodies.ts` has anything in it. */
  get isEmpty(): boolean {
    return this.#functions.size === 0;
  }

  /**
   * The name of the function that prepares bodies of a schema; nothing, if nothing in them is hidden.
   *
   * @param name - what it is called unless the schema has a name of its own
   */
  use(name: string, schema: Schema | undefined, direction: Direction): string | undefined {
    const change = schema === undefined ? undefined : this.#change(schema, direction);
    const called = change === undefined ? undefined : calledFunction(change);
    if (change !== undefined && called === undefined) {
      const functionName = this.#names.take(name);
      this.#functions.set(functionName, change);
      return functionName;
    }
    return called;
  }

  /** The module. */
  toText(): string {
    const functions = [...this.#functions].map(([name, change]) => `export const ${name}: Prepare = ${change};\n`);
    return `${GENERATED_NOTICE}
import { ${[...[...this.#runtime].sort(), 'type Prepare'].join(', ')} } from '@bulkhead/openapi/validation';

${functions.join('\n')}`;
  }

  /** A function for the values of a schema, as an expression. */
  #change(schema: Schema, direction: Direction): string | undefined {
    if (typeof schema === 'boolean' || !this.#hides(schema, direction)) {
      return undefined;
    }
    const changes = [
      this.#changeNamed(schema, direction),
      this.#changeObject(schema, direction),
      this.#changeItems(schema, direction),
      ...this.#changeParts(schema, direction),
    ].filter((change) => change !== undefined);
    const calls = changes.reduce((value, change) => `${enclose(change)}(${value})`, 'body');
    return changes.length > 1 ? `(body) => ${calls}` : changes[0];
  }

  #hides(schema: Schema, direction: Direction): boolean {
    return someSchema(schema, this.#named, (each) => hiddenProperties(each, direction, this.#named).length > 0);
  }

  #changeNamed(schema: JsonObject, direction: Direction): string | undefined {
    const name = refName(schema);
    if (name === undefined) {
      return undefined;
    }
    const key = `${direction} ${name}`;
    const functionName = this.#namedFunctions.get(key) ?? this.#names.take(`${direction}${capitalize(name)}`);
    if (!this.#namedFunctions.has(key)) {
      this.#namedFunctions.set(key, functionName);
      // Known before it is written, since a schema may lead back to itself.
      this.#functions.set(functionName, '');
      const change = this.#change(this.#named.get(name) ?? true, direction);
      this.#functions.set(functionName, change ?? '(body) => body');
    }
    // The functions are constants, so one may be called before it is declared, but not passed on.
    return `(body) => ${functionName}(body)`;
  }

  #changeObject(schema: JsonObject, direction: Direction): string | undefined {
    const hidden = hiddenProperties(schema, direction, this.#named);
    const declared = schemasOf(schema.properties).filter(([name]) => !hidden.includes(name));
    const properties = declared.flatMap(([name, property]) => {
      const change = this.#change(property, direction);
      return change === undefined ? [] : [`${propertyKey(name)}: ${change}`];
    });
    const patterns = schemasOf(schema.patternProperties).map(([, each]) => each);
    const others = [schema.additionalProperties, schema.unevaluatedProperties, ...patterns]
      .filter(isSchema)
      .map((each) => this.#change(each, direction))
      .filter((change) => change !== undefined);
    if (hidden.length === 0 && properties.length === 0 && others.length === 0) {
      return undefined;
    }
    this.#runtime.add('changeProperties');
    const members = [
      `hidden: ${literal(hidden)}`,
      ...(properties.length > 0 ? [`properties: { ${properties.join(', ')} }`] : []),
      ...(others.length > 0 ? [`others: ${inTurn(others)}`] : []),
    ];
    return `(body) => changeProperties(body, { ${members.join(', ')} })`;
  }

  #changeItems(schema: JsonObject, direction: Direction): string | undefined {
    const changes = [schema.items, schema.unevaluatedItems, schema.contains, ...schemaListOf(schema.prefixItems)]
      .filter(isSchema)
      .map((item) => this.#change(item, direction))
      .filter((change) => change !== undefined);
    if (changes.length === 0) {
      return undefined;
    }
    this.#runtime.add('changeItems');
    return `(body) => changeItems(body, ${inTurn(changes)})`;
  }

  /** What `allOf` and the like say about the same value. What any branch of a union hides is hidden, to be safe. */
  #changeParts(schema: JsonObject, direction: Direction): readonly (string | undefined)[] {
    const discriminated = readDiscriminator(schema);
    const parts = [
      ...['allOf', 'anyOf', ...(discriminated ? [] : ['oneOf'])].flatMap((key) => schemaListOf(schema[key])),
      ...['if', 'then', 'else'].map((key) => schema[key]).filter(isSchema),
      ...schemasOf(schema.dependentSchemas).map(([, part]) => part),
    ];
    const changes = parts.map((part) => this.#change(part, direction));
    if (discriminated) {
      const branches = discriminated.branches.flatMap(({ schema: branch, values }) => {
        const change = this.#change(branch, direction);
        return change === undefined ? [] : values.map((value) => `${propertyKey(value)}: ${change}`);
      });
      this.#runtime.add('changeByTag');
      changes.push(`(body) => changeByTag(body, ${literal(discriminated.property)}, { ${branches.join(', ')} })`);
    }
    return changes;
  }
}

/** One function that does what several do. */
function inTurn(changes: readonly string[]): string {
  const [only] = changes;
  return changes.length === 1 && only !== undefined
    ? only
    : `(body) => ${changes.reduce((value, change) => `${enclose(change)}(${value})`, 'body')}`;
}

function enclose(change: string): string {
  return calledFunction(change) ?? `(${change})`;
}

/** The function that another one does nothing but call. */
function calledFunction(change: string): string | undefined {
  return /^\(body\) => (\w+)\(body\)$/u.exec(change)?.[1];
}
