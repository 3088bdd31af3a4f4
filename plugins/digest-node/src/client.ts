/**
 * The client of the digest plugin for browsers and for programs outside of a host: it needs nothing of either.
 *
 * @packageDocumentation
 */

// Calling the plugin
export { DigestClient, type DigestResponses } from './generated/client.ts';

// What it takes and gives
export type { Digest, DigestPage } from './generated/types.ts';
