/**
 * Turns contracts into typed servers and clients.
 *
 * @packageDocumentation
 */
export {};
