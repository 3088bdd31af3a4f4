/**
 * The client of the digest plugin.
 *
 * @packageDocumentation
 */

// Calling the plugin
export { createDigestClientRef, digestClientRef } from './generated/client-ref.ts';
export { DigestClient, type DigestResponses } from './generated/client.ts';

// What it takes and gives
export type { Digest, DigestPage } from './generated/types.ts';
