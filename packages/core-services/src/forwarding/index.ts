export { Forwarder, type ForwarderOptions } from './forwarder.ts';
export { readForwardingSettings, type ForwardingSettings } from './forwarding-settings.ts';
