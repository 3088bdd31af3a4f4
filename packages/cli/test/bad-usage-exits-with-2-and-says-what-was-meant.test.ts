import { expect, it } from '@jest/globals';
import { tmpdir } from 'node:os';
import { runCli } from './spawn-cli.ts';

it.each([
  ['strat', "Unknown command 'strat'", 'start'],
  ['start --prot 1', "Unknown option '--prot'", '--port'],
  ['config chekc', "Unknown command 'chekc'", 'check'],
  ['config print --with-source', "Unknown option '--with-source'", '--with-sources'],
])('bulkhead %s: names the nearest', async (line, message, nearest) => {
  expect(await runCli(tmpdir(), line.split(' '))).toEqual({
    exitCode: 2,
    errorCode: 'ERR_CLI_USAGE',
    stdout: '',
    stderr: `ERR_CLI_USAGE: ${message}\n  hint: Did you mean ${nearest}? See \`bulkhead --help\`.\n`,
  });
});

it.each([
  ['frobnicate', "Unknown command 'frobnicate'"],
  ['start --port 70000', 'A port is a number from 0 to 65535'],
  ['start --port', "Option '--port <number>' argument missing"],
  ['start now', "Too many arguments for 'start'"],
  ['start --port 7008 --process todo', "Option '--port <number>' cannot be used with option '--process <name>'"],
  ['start --all --process todo', "Option '--all' cannot be used with option '--process <name>'"],
  ['start --all --watch', "Option '--all' cannot be used with option '--watch'"],
  ['start --process todo --replica 0', 'Replicas are counted from 1'],
  ['topology print --format xml', 'Allowed choices are text, json, mermaid'],
  ['inspect --json --mermaid', "Option '--json' cannot be used with option '--mermaid'"],
])('bulkhead %s: says what is wrong', async (line, message) => {
  const { exitCode, stdout, stderr } = await runCli(tmpdir(), line.split(' '));
  expect(stderr).toContain(message);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
});

it.each(['', 'config', 'topology'])('bulkhead %s: shows the help when a command is missing', async (line) => {
  const { exitCode, stdout, stderr } = await runCli(tmpdir(), line.split(' ').filter(Boolean));
  expect(stderr).toMatch(/^Usage: bulkhead/);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
});

it.each([
  ...['', 'start', 'inspect', 'config', 'config print', 'config check', 'config docs'],
  ...['topology', 'topology check', 'topology print'],
])('bulkhead %s --help: shows options and examples', async (line) => {
  const { exitCode, stdout, stderr } = await runCli(tmpdir(), [...line.split(' ').filter(Boolean), '--help']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toMatch(/^Usage: bulkhead[^]*\nExamples:\n {2}\$ bulkhead /);
});

it('bulkhead --version: prints the version', async () => {
  expect(await runCli(tmpdir(), ['--version'])).toEqual({
    exitCode: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    stderr: '',
  });
});
