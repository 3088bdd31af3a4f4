import type * as http from 'node:http';

/**
 * Node.js's HTTP without its ECMAScript facade: making that one reads all exports, some of which (`WebSocket`, …) load
 * the whole of undici, for 7 ms and some megabytes that nobody here needs. Types may be imported from `node:http`.
 */
export const nodeHttp: typeof http = process.getBuiltinModule('node:http');
