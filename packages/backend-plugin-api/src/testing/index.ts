/**
 * A silent stand-in for each core service: what is needed to call a plugin's code without a host. Nothing here
 * listens, connects, writes or waits, and nothing needs a test runner.
 *
 * @packageDocumentation
 */

// Stand-ins
export { noopServices, type NoopServices } from './noop-services.ts';
