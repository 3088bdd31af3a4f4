/**
 * JSON and utility types.
 *
 * @packageDocumentation
 */

// JSON
export type { JsonArray, JsonObject, JsonPrimitive, JsonValue } from './json.ts';

// Time
export { durationToMilliseconds, type HumanDuration } from './duration.ts';

// Callbacks
export type { MaybePromise } from './promise.ts';
