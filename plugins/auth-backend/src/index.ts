/**
 * Signs users in, and issues the tokens by which all plugins know them.
 *
 * @packageDocumentation
 */

export { authPlugin as default } from './plugin.ts';
