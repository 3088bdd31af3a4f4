import { parseArgs } from 'node:util';

/** What is to be done. */
export interface CommandLine {
  /** The suites to run. Default: all. */
  readonly suites: readonly string[];
  readonly isQuick: boolean;
  /** Whether results are printed as JSON instead of tables. */
  readonly isJson: boolean;
  /** A folder for `results.json` and the charts. */
  readonly output?: string;
  /** Whether `docs/performance.md` is to be written. */
  readonly writesDocs: boolean;
  /** Whether the hosts are profiled. */
  readonly profiles: boolean;
  /** A state of the repository that the present one is compared with. */
  readonly compare?: string;
}

/** A command that cannot be followed; its message says why. */
export class UsageError extends Error {}

/** How to use the command. */
export const USAGE = `npm run bench [-- [suite …] [options]]

  --quick            fewer and shorter runs: shows that suites work, the figures mean little
  --json             prints JSON instead of tables
  --output <folder>  writes results.json and the charts there, too
  --write-docs       writes docs/performance.md, its charts and results.json
  --profile          writes flame graphs of the hosts to benchmarks/profiles/
  --compare <ref>    compares this tree with a commit, branch or tag: ends with 3 if something became slower
  --list             names the suites
`;

/** Reads the arguments. Throws a `UsageError` about those that do not exist, or do not go together. */
export function readCommandLine(args: readonly string[], known: readonly string[]): CommandLine {
  const { values, positionals } = parse(args);
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new UsageError(`No suite is called ${unknown.join(', ')}. There are: ${known.join(', ')}.`);
  }
  const { quick = false, json = false, output, profile = false, compare } = values;
  const writesDocs = values['write-docs'] ?? false;
  if (writesDocs && (quick || profile || compare !== undefined)) {
    throw new UsageError(
      '--write-docs is about figures that mean something: not with --quick, --profile or --compare.',
    );
  }
  if (profile && compare !== undefined) throw new UsageError('--profile and --compare do not go together.');
  return {
    suites: positionals,
    isQuick: quick,
    isJson: json,
    output,
    writesDocs,
    profiles: profile,
    compare,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        quick: { type: 'boolean' },
        json: { type: 'boolean' },
        output: { type: 'string' },
        'write-docs': { type: 'boolean' },
        profile: { type: 'boolean' },
        compare: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}
