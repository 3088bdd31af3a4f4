import { describe, expect, it } from '@jest/globals';
import { backstageRepository, ENTRY } from './backstage-repository.ts';
import { createFolder, runCli, type CliResult } from './spawn-cli.ts';

const HOST = 'packages/backend/src/index.ts';

async function migrate(files: Readonly<Record<string, string>>, folder = '.'): Promise<CliResult> {
  await using repository = await createFolder(backstageRepository(files));
  return await runCli(repository.dir, ['migrate', 'backstage', folder, '--write', '--force']);
}

/** `file:line:column` and code of each problem. */
function placesIn(stderr: string): readonly (readonly [string, string])[] {
  return [...stderr.matchAll(/^(\S+:\d+:\d+): .*\[(ERR_\w+)\]$/gm)].map(([, place, code]) => [place!, code!]);
}

describe('bulkhead migrate backstage', () => {
  it('names every line of the host that it cannot move, at once', async () => {
    const { exitCode, stderr } = await migrate({
      [HOST]: `import { createBackend, createSomething } from '@backstage/backend-defaults';
import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { urlReaderFactoriesServiceRef } from '@backstage/backend-defaults/urlReader';
import { legacyPlugin, loadBackendConfig } from '@backstage/backend-common';
import * as appApi from '@backstage/backend-app-api';

const backend = createBackend({ services: [] });
backend.add(rootHttpRouterServiceFactory({ configure: () => {} }));
backend.add(legacyPlugin('todo', import('./todo')));
backend.start();
`,
      'packages/backend/src/todo.ts': `import { HostDiscovery } from '@backstage/backend-defaults/discovery';
export default HostDiscovery;
`,
    });
    expect(exitCode).toBe(1);
    expect(placesIn(stderr)).toEqual([
      [`${HOST}:1:25`, 'ERR_CLI_MIGRATE_STAYS_BEHIND'],
      [`${HOST}:2:10`, 'ERR_CLI_MIGRATE_STAYS_BEHIND'],
      [`${HOST}:4:10`, 'ERR_CLI_MIGRATE_STAYS_BEHIND'],
      [`${HOST}:4:24`, 'ERR_CLI_MIGRATE_STAYS_BEHIND'],
      [`${HOST}:5:8`, 'ERR_CLI_MIGRATE_STAYS_BEHIND'],
      [`${HOST}:7:31`, 'ERR_CLI_MIGRATE_BACKEND_OPTIONS'],
      ['packages/backend/src/todo.ts:1:10', 'ERR_CLI_MIGRATE_STAYS_BEHIND'],
    ]);
    expect(stderr).toContain('hint: The server is configured: backend.listen, .cors,');
    expect(stderr).toMatch(/Nothing was written\. Mend what is named above, then run the command again\.\n$/);
  });

  it('knows a backend of the old backend system', async () => {
    const { exitCode, stderr } = await migrate({
      [HOST]: `import Router from 'express-promise-router';
import { useHotMemoize } from '@backstage/backend-common';
async function main() {}
module.hot?.accept();
main().catch(() => process.exit(1));
`,
    });
    expect(exitCode).toBe(1);
    expect(placesIn(stderr)).toEqual([
      [`${HOST}:1:1`, 'ERR_CLI_MIGRATE_NO_CREATE_BACKEND'],
      [`${HOST}:2:10`, 'ERR_CLI_MIGRATE_STAYS_BEHIND'],
    ]);
  });

  it('names every setting that it cannot move, at once', async () => {
    const { exitCode, stderr } = await migrate({
      'app-config.yaml': `backend:
  listen: 7007
  trustProxy: true
  https: true
  database:
    client: mysql2
    plugin: { catalog: { client: pg } }
  cache: { store: infinispan }
  cors: { origin: '*', preflightContinue: true }
  lissten: 1
  rateLimit: true
  workingDirectory: /tmp
  auth:
    externalAccess:
      - type: static
        options: { token: short, subject: ci }
`,
      'app-config.production.yaml': 'backend:\n  database: { client: pg, connection: { type: cloudsql } }\n  cors: [\n',
      'app-config.gcp.yaml': 'backend:\n  database: { client: pg, connection: { type: cloudsql } }\n',
    });
    expect(exitCode).toBe(1);
    expect(placesIn(stderr).filter(([, code]) => code !== 'ERR_CLI_MIGRATE_LOOK')).toEqual([
      ['app-config.yaml:3:3', 'ERR_CLI_MIGRATE_SETTING'],
      ['app-config.yaml:4:3', 'ERR_CLI_MIGRATE_SETTING'],
      ['app-config.yaml:6:5', 'ERR_CLI_MIGRATE_SETTING'],
      ['app-config.yaml:7:5', 'ERR_CLI_MIGRATE_SETTING'],
      ['app-config.yaml:8:12', 'ERR_CLI_MIGRATE_SETTING'],
      ['app-config.yaml:9:24', 'ERR_CLI_MIGRATE_SETTING'],
      ['app-config.yaml:10:3', 'ERR_CONFIG_UNKNOWN_KEY'],
      ['app-config.yaml:11:3', 'ERR_CLI_MIGRATE_SETTING'],
      ['app-config.yaml:16:20', 'ERR_CONFIG_VALUE'],
      ['app-config.gcp.yaml:2:41', 'ERR_CLI_MIGRATE_SETTING'],
      ['app-config.production.yaml:4:1', 'ERR_CLI_MIGRATE_SYNTAX'],
    ]);
  });

  it('points at what deserves a look', async () => {
    const { exitCode, stdout, stderr } = await migrate({
      [HOST]: `${ENTRY}import './local';\nimport './absent';\n`,
      'packages/backend/src/local.ts': `export enum Level { High }
export class Shop { constructor(private readonly name: string) {} }
const fs = require('node:fs');
declare enum Fine { A }
`,
      'app-config.yaml': `backend:
  listen: { port: 7007 }
  database:
    client: better-sqlite3
    connection: { directory: ../data }
  cache: { store: valkey, connection: 'redis://localhost' }
  cors:
    preflightContinue: true
`,
      'app-config.production.yaml': `backend:
  database:
    client: pg
    connection: { host: db }
    pluginDivisionMode: schema
`,
      'packages/backend/package.json': JSON.stringify({
        name: 'backend',
        main: 'dist/index.cjs.js',
        scripts: { start: 'backstage-cli package start' },
        dependencies: { '@internal/plugin-todo-backend': 'workspace:^', app: 'link:../app' },
      }),
      'plugins/todo-backend/package.json': JSON.stringify({
        name: '@internal/plugin-todo-backend',
        main: 'src/index.ts',
        backstage: { role: 'backend-plugin' },
      }),
    });
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^8 warnings:\n/);
    expect(placesIn(stderr)).toEqual([
      [`${HOST}:19:8`, 'ERR_CLI_MIGRATE_LOOK'],
      ['packages/backend/src/local.ts:1:8', 'ERR_CLI_MIGRATE_LOOK'],
      ['packages/backend/src/local.ts:2:33', 'ERR_CLI_MIGRATE_LOOK'],
      ['packages/backend/src/local.ts:3:12', 'ERR_CLI_MIGRATE_LOOK'],
      ['app-config.yaml:5:5', 'ERR_CLI_MIGRATE_LOOK'],
      ['app-config.yaml:8:5', 'ERR_CLI_MIGRATE_LOOK'],
      ['app-config.production.yaml:5:5', 'ERR_CLI_MIGRATE_LOOK'],
    ]);
    expect(stdout).toContain("+   listen: { host: '*', port: 7007 }");
    expect(stdout).toMatch(/\+ +"@redis\/client": "/);
    expect(stdout).toContain("--require @backstage/cli/config/nodeTransform.cjs' bulkhead start");
    expect(stderr).toContain('plugins/todo-backend/package.json: @internal/plugin-todo-backend has its sources');
  });

  it('names a file that cannot be parsed', async () => {
    const { exitCode, stderr } = await migrate({ [HOST]: 'const backend = ;\n' });
    expect([exitCode, placesIn(stderr)]).toEqual([1, [[`${HOST}:1:17`, 'ERR_CLI_MIGRATE_SYNTAX']]]);
  });

  it('says what is missing in a folder', async () => {
    const { errorCode } = await migrate({}, 'packages/app');
    expect(errorCode).toBe('ERR_CLI_MIGRATE_NO_BACKEND');
    const other = JSON.stringify({ name: 'other', backstage: { role: 'backend' } });
    const several = await migrate({ 'packages/other/package.json': other });
    expect([several.exitCode, several.errorCode]).toEqual([1, 'ERR_CLI_MIGRATE_SEVERAL_BACKENDS']);
  });
});
