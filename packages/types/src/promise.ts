/** A value, or a promise of it: what a callback may return that can be asynchronous. */
export type MaybePromise<T> = T | Promise<T>;
