/**
 * What precompiled validators call at run time.
 *
 * @packageDocumentation
 */
export {};
