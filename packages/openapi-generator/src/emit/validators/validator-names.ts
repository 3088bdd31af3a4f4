import type { Schema } from '../../model/contract-model.ts';
import { capitalize } from '../operation-names.ts';
import { UniqueNames } from '../../model/names.ts';
import type { Direction } from '../schema/direction.ts';
import { refName } from '../schema/schema-ref.ts';
import type { ValidatorUse } from './validators-module.ts';

/** Collects what is to be checked, and gives out the names under which `validators.ts` exports it. */
export class ValidatorNames {
  /** By what they are for: the name of an operation's part may look like that of a schema. */
  readonly #uses = new Map<string, ValidatorUse>();
  readonly #names = new UniqueNames();

  /**
   * The name of the validator for a schema; nothing, if any value fits it.
   *
   * @param name - what it is called unless the schema has a name of its own
   */
  use(name: string, schema: Schema | undefined, direction: Direction): string | undefined {
    if (schema === undefined || saysNothing(schema)) {
      return undefined;
    }
    const named = Object.keys(schema).length === 1 ? refName(schema) : undefined;
    const key = named === undefined ? name : `${direction} ${named}`;
    const known = this.#uses.get(key);
    if (known) {
      return known.exportName;
    }
    const exportName = this.#names.take(toAscii(named === undefined ? name : `${direction}${capitalize(named)}`));
    this.#uses.set(key, { exportName, schema, direction });
    return exportName;
  }

  /** All that were asked for. */
  get uses(): readonly ValidatorUse[] {
    return [...this.#uses.values()];
  }
}

/** The compiler takes no other letters. */
function toAscii(name: string): string {
  return name.replaceAll(/\W/gu, (character) => `_${character.codePointAt(0)!.toString(16)}`);
}

/** Keywords that people read, and validators do not. */
const REMARKS = new Set(['title', 'description', 'deprecated', 'contentEncoding', 'contentMediaType']);

function saysNothing(schema: Schema): boolean {
  return schema === true || (schema !== false && Object.keys(schema).every((keyword) => REMARKS.has(keyword)));
}
