import { readFileSync } from 'node:fs';
import { formatError } from '@bulkhead/errors';
import { Command, CommanderError } from 'commander';
import { wrongUsage } from './errors.ts';
import { generate } from './generate.ts';

/** Where a command writes. */
export interface Output {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

/**
 * Runs one command. Errors are printed as text without a stack.
 *
 * @param args - the command line behind `bulkhead-openapi`
 * @returns what the process ends with: 0; 1 if the command failed; 2 if it was used wrongly
 */
export async function runCommand(args: readonly string[], output: Output): Promise<0 | 1 | 2> {
  let succeeded = true;
  const program = createProgram(output, (success) => {
    succeeded = success;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return succeeded ? 0 : 1;
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      output.err(formatError(error));
      return 1;
    }
    if (error.exitCode === 0) {
      return 0;
    }
    if (error.code !== 'commander.help') {
      output.err(formatError(wrongUsage(error.message)));
    }
    return 2;
  }
}

function createProgram({ out, err }: Output, done: (success: boolean) => void): Command {
  const program = new Command('bulkhead-openapi')
    .description('Turns contracts into typed servers and clients.')
    .version(readVersion(), '-v, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .configureOutput({
      writeOut: (text) => out(text.trimEnd()),
      writeErr: (text) => err(text.trimEnd()),
      outputError: () => {},
    })
    .exitOverride();
  program
    .command('generate')
    .description("write the code of every plugin's openapi.yaml, here or in the folders")
    .argument('[folder...]', 'packages, or repositories with packages', ['.'])
    .option('--check', 'write nothing, and fail if something is out of date')
    .action(async (folders: readonly string[], { check }: { readonly check?: boolean }) => {
      const lines: string[] = [];
      const success = await generate({ folders, check, print: (line) => lines.push(line) });
      lines.forEach(success ? out : err);
      done(success);
    });
  return program;
}

function readVersion(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
