import type { Express } from 'express';

/** Whether the peer at an address is believed in what it says of those behind it. */
export type PeerTrust = (address: string) => boolean;

/** The peers that `backend.trustProxy` names, as Express reads it: one place decides for all of the host. */
export function createPeerTrust(createApp: () => Express): PeerTrust {
  const trust = createApp().get('trust proxy fn') as (address: string, hop: number) => boolean;
  return (address) => trust(address, 0);
}
