/**
 * What code that was generated from schemas calls at run time.
 *
 * @packageDocumentation
 */

export type { Validator } from '../server/server-operation.ts';
export { deepEqual } from './deep-equal.ts';
export { firstDuplicate } from './first-duplicate.ts';
export { formats, type Format } from './formats.ts';
export { isFile } from './is-file.ts';
export { changeByTag, changeItems, changeProperties, type Prepare, type PropertyChanges } from './prepare.ts';
export { ucs2length } from './ucs2length.ts';
