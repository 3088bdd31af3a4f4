import type { Schema } from '../../model/contract-model.ts';
import { capitalize } from '../operation-names.ts';
import type { Direction } from '../schema/direction.ts';
import { refName } from '../schema/schema-ref.ts';
import type { ValidatorUse } from './validators-module.ts';

/** Collects what is to be checked, and gives out the names under which `validators.ts` exports it. */
export class ValidatorNames {
  readonly #uses = new Map<string, ValidatorUse>();

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
    const exportName = named === undefined ? name : `${direction}${capitalize(named)}`;
    this.#uses.set(exportName, { exportName, schema, direction });
    return exportName;
  }

  /** All that were asked for. */
  get uses(): readonly ValidatorUse[] {
    return [...this.#uses.values()];
  }
}

/** Keywords that people read, and validators do not. */
const REMARKS = new Set(['title', 'description', 'deprecated', 'contentEncoding', 'contentMediaType']);

function saysNothing(schema: Schema): boolean {
  return schema === true || (schema !== false && Object.keys(schema).every((keyword) => REMARKS.has(keyword)));
}
