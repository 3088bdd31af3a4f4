/**
 * What precompiled validators call at run time.
 *
 * @packageDocumentation
 */

export type { Validator } from '../server/server-operation.ts';
export { deepEqual } from './deep-equal.ts';
export { firstDuplicate } from './first-duplicate.ts';
export { formats, type Format } from './formats.ts';
export { isFile } from './is-file.ts';
export { ucs2length } from './ucs2length.ts';
