import { expect, it } from '@jest/globals';
import { createFolder, runCli } from './spawn-cli.ts';

const HOST = { name: 'host', type: 'module', exports: './main.js', bulkhead: { role: 'backend' } };

const IMPORTS = `
import { createBackend } from '@bulkhead/backend-defaults';
import { coreServices, createBackendModule, createBackendPlugin, createExtensionPoint } from '@bulkhead/backend-plugin-api';
`;

const SOUND = `${IMPORTS}
const points = createExtensionPoint({ id: 'tower.bells' });
const init = async () => process.stdout.write('SOMETHING WAS STARTED');
const backend = createBackend();
backend.add(createBackendPlugin({
  pluginId: 'tower',
  register(env) {
    env.registerExtensionPoint(points, {});
    env.registerInit({ deps: { http: coreServices.httpRouter }, init });
  },
}));
backend.add(createBackendModule({
  pluginId: 'tower',
  moduleId: 'carillon',
  register: (env) => env.registerInit({ deps: { points }, init }),
}));
await backend.start();
setInterval(() => {}, 1000);
`;

const FAULTY = `${IMPORTS}
const init = async () => process.stdout.write('SOMETHING WAS STARTED');
const backend = createBackend();
for (const pluginId of ['tower', 'tower']) {
  backend.add(createBackendPlugin({ pluginId, register: (env) => env.registerInit({ deps: {}, init }) }));
}
backend.add(createBackendModule({
  pluginId: 'towr',
  moduleId: 'carillon',
  register: (env) => env.registerInit({ deps: {}, init }),
}));
backend.add(Promise.reject(new Error('This import failed')));
void backend.start();
`;

it('prints the plan as text, and ends although the host would go on', async () => {
  await using folder = await createFolder({ 'package.json': HOST, 'main.js': SOUND });
  const { exitCode, stdout, stderr } = await runCli(folder.dir, ['inspect']);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^Root services\n {2}core\./);
  expect(stdout).toContain(`
  tower
    1. module carillon <- tower.bells
    2. init <- core.httpRouter
    extension point tower.bells, used by carillon
`);
  expect(stdout).not.toContain('STARTED');
  expect(exitCode).toBe(0);
});

it('prints it as JSON and as a Mermaid diagram', async () => {
  await using folder = await createFolder({ 'package.json': HOST, 'main.js': SOUND });
  const json = await runCli(folder.dir, ['inspect', '--json']);
  expect(JSON.parse(json.stdout).plugins).toMatchObject([{ pluginId: 'tower', modules: [{ moduleId: 'carillon' }] }]);
  const mermaid = await runCli(folder.dir, ['inspect', '--mermaid']);
  expect(mermaid.stdout).toMatch(/^flowchart LR\n/);
});

it('lists everything that is wrong with a plan, and fails', async () => {
  await using folder = await createFolder({ 'package.json': HOST, 'main.js': FAULTY });
  const { exitCode, stdout, stderr } = await runCli(folder.dir, ['inspect', '--json']);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toMatch(/^ERR_RUNTIME_INVALID_PLAN: .*\b3 problems/);
  expect(stderr).toContain('ERR_RUNTIME_DUPLICATE_PLUGIN');
  expect(stderr).toContain("There is no plugin 'towr' for its module 'carillon'");
  expect(stderr).toContain('This import failed');
  expect(stderr).not.toMatch(/^ *at /m);
});

it('says when a host starts nothing', async () => {
  await using folder = await createFolder({ 'package.json': HOST, 'main.js': `${IMPORTS}\ncreateBackend();` });
  const { exitCode, stderr, errorCode } = await runCli(folder.dir, ['inspect']);
  expect({ exitCode, errorCode }).toEqual({ exitCode: 1, errorCode: 'ERR_CLI_HOST_STARTS_NOTHING' });
  expect(stderr).toMatch(/: The host host does not start a backend\n {2}hint: /);
});
