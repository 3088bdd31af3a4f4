import type { HostOptions } from '../../src/host-process.ts';
import type { Contestants } from '../../src/suite.ts';

/** The same application on Bulkhead and its peers; Bulkhead, Backstage and the full Fastify log each request. */
const FILES: Readonly<Record<string, string>> = {
  bulkhead: 'hosts/bulkhead/application.js',
  'node:http': 'hosts/node-http/application.js',
  fastify: 'hosts/fastify/bare.js',
  'fastify-full': 'hosts/fastify/full.js',
  express: 'hosts/express/application.js',
  nestjs: 'hosts/nestjs/application.js',
  backstage: 'hosts/backstage/application.js',
};

/** All but Bulkhead. */
export const PEERS = Object.keys(FILES).filter((name) => name !== 'bulkhead');

/** Those whose requests leave a line in their log. */
export const LOGGING: readonly string[] = ['bulkhead', 'fastify-full', 'backstage'];

/** Folders of the peers with locked dependencies. */
export const INSTALLS: readonly string[] = ['fastify', 'express', 'nestjs', 'backstage'];

/** How to start the hosts: with what they log by default, which is read and dropped. */
export function applications(databaseUrls: Readonly<Record<string, string>>): Contestants<HostOptions> {
  const env = { LOG_LEVEL: 'info' };
  return Object.fromEntries(
    Object.entries(FILES).map(([name, file]) => [name, { file, env, databaseUrl: databaseUrls[name] }]),
  );
}
