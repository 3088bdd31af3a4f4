import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSplitHost } from './split-host.ts';
import { runCli } from './spawn-cli.ts';

const SOUND = `topology:
  edge: { baseUrl: "http://127.0.0.1:7007", plugins: [greeter], forwards: true }
  todo: { replicas: ["http://todo-1:7007", "http://todo-2:7007"], listen: "*:8080", plugins: [todo] }
`;
const FAULTY = `topology:
  edge: { baseUrl: "http://127.0.0.1:7007/api", plugins: [greeter] }
  todo: { baseUrl: "http://127.0.0.1:7008", plugins: [todo, greeter] }
`;

let folder: Awaited<ReturnType<typeof createSplitHost>>;

beforeAll(async () => {
  folder = await createSplitHost({ 'app-config.yaml': SOUND, 'faulty.yaml': FAULTY, 'none.yaml': 'greeter: {}\n' });
});

afterAll(async () => folder[Symbol.asyncDispose]());

describe('bulkhead topology check', () => {
  it('finds nothing wrong, whichever process the environment is for', async () => {
    const env = { BULKHEAD_PROCESS: 'edge', BULKHEAD_REPLICA: '7' };
    expect(await runCli(folder.dir, ['topology', 'check'], env)).toMatchObject({
      exitCode: 0,
      stdout: 'The topology is in order: 3 processes, 2 plugins\n',
      stderr: '',
    });
  });

  it('lists everything that is wrong, with its place', async () => {
    const { exitCode, stdout, stderr } = await runCli(folder.dir, ['topology', 'check', '--config', 'faulty.yaml']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/faulty\.yaml:2:20: Configuration key 'topology\.edge\.baseUrl' must not have a path \[/);
    expect(stderr).toMatch(/faulty\.yaml:3:61: Plugin 'greeter' stands in two processes, 'edge' and 'todo' \[/);
    expect(stderr).toContain('give that one `replicas`');
  });

  it('has nothing to say without a topology', async () => {
    const { exitCode, stdout } = await runCli(folder.dir, ['topology', 'check', '--config', 'none.yaml']);
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: 'There is no topology: one process runs everything\n',
    });
  });
});

describe('bulkhead config check', () => {
  it('lists what can be told without knowing the plugins of the host', async () => {
    const { exitCode, stderr } = await runCli(folder.dir, ['config', 'check', '--config', 'faulty.yaml']);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^2 problems:\nfaulty\.yaml:2:20: .*\[ERR_TOPOLOGY_URL\]/);
  });
});

describe('bulkhead topology print', () => {
  it('shows it to people', async () => {
    expect((await runCli(folder.dir, ['topology', 'print'])).stdout).toBe(`Users come to http://127.0.0.1:7007
edge (forwards)
  plugins: greeter
  http://127.0.0.1:7007
todo
  plugins: todo
  todo.1: http://todo-1:7007, listens on [::]:8080
  todo.2: http://todo-2:7007, listens on [::]:8080
`);
  });

  it('shows it to tools', async () => {
    const { stdout } = await runCli(folder.dir, ['topology', 'print', '--format', 'json']);
    expect(JSON.parse(stdout)).toEqual({
      door: 'http://127.0.0.1:7007',
      processes: [
        {
          name: 'edge',
          forwards: true,
          plugins: ['greeter'],
          replicas: [
            {
              name: 'edge',
              replica: 1,
              baseUrl: 'http://127.0.0.1:7007',
              listen: { host: '127.0.0.1', port: 7007 },
              environment: { BULKHEAD_PROCESS: 'edge', BULKHEAD_REPLICA: '1' },
              readiness: 'http://127.0.0.1:7007/.bulkhead/health/readiness',
            },
          ],
        },
        {
          name: 'todo',
          forwards: false,
          plugins: ['todo'],
          replicas: [
            expect.objectContaining({ name: 'todo.1', listen: { host: '::', port: 8080 } }),
            expect.objectContaining({ name: 'todo.2', replica: 2, baseUrl: 'http://todo-2:7007' }),
          ],
        },
      ],
    });
  });

  it('draws it', async () => {
    const { stdout } = await runCli(folder.dir, ['topology', 'print', '--format', 'mermaid']);
    expect(stdout).toBe(`flowchart LR
  users((users))
  process-edge["<b>edge</b><br/>greeter"]
  process-todo["<b>todo</b> × 2<br/>todo"]
  users --> process-edge
  process-edge --> process-todo
`);
  });

  it('shows no faulty one', async () => {
    const { exitCode, stdout, stderr } = await runCli(folder.dir, ['topology', 'print', '--config', 'faulty.yaml']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/^2 problems:\nfaulty\.yaml:2:20: /);
  });

  it('misses one', async () => {
    const { exitCode, errorCode } = await runCli(folder.dir, ['topology', 'print', '--config', 'none.yaml']);
    expect({ exitCode, errorCode }).toEqual({ exitCode: 1, errorCode: 'ERR_CLI_NO_TOPOLOGY' });
  });
});
