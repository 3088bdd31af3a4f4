import { formatError, formatHeadline, isErrorLike } from '@bulkhead/errors';
import { CommanderError } from 'commander';
import { wrongUsage } from './errors.ts';
import { createProgram } from './program.ts';

/** What the process ends with. */
type ExitCode = 0 | 1 | 2;

/**
 * Runs one command. Errors go to stderr, as text without a stack.
 *
 * @param args - the command line behind `bulkhead`
 * @returns 0; 1 if the command failed; 2 if it was used wrongly
 */
export async function runCli(args: readonly string[]): Promise<ExitCode> {
  try {
    await createProgram().parseAsync([...args], { from: 'user' });
    // A command that has told what is wrong in its own way sets the exit code itself.
    return process.exitCode ? 1 : 0;
  } catch (error) {
    if (!(error instanceof CommanderError)) return fail(error, 1);
    // Help and version end the parser with an error, too. Help that nobody asked for is a failure.
    if (error.code === 'commander.help') return 2;
    return error.exitCode === 0 ? 0 : fail(wrongUsage(error.message), 2);
  }
}

function fail(error: unknown, exitCode: ExitCode): ExitCode {
  // What failed in a start has been logged as it failed.
  const isLogged = isErrorLike(error) && error.code === 'ERR_RUNTIME_STARTUP_FAILED';
  process.stderr.write(`${isLogged ? formatHeadline(error) : formatError(error)}\n`);
  return exitCode;
}
