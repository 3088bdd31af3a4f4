import { BulkheadError } from '@bulkhead/errors';

/** A command line that makes no sense. `message` is the parser's. */
export function wrongUsage(message: string): BulkheadError {
  const [, what = message, nearest] = /^(?:error: )?(.*?)(?:\s*\(Did you mean (.*)\?\))?$/s.exec(message) ?? [];
  const hint = nearest === undefined ? 'See `bulkhead --help`.' : `Did you mean ${nearest}? See \`bulkhead --help\`.`;
  return new BulkheadError('ERR_CLI_USAGE', capitalize(what), { hint });
}

/** There is no host here. */
export function noHost(folder: string): BulkheadError {
  return new BulkheadError('ERR_CLI_NO_HOST', `There is no host in ${folder}`, {
    hint: 'Go to a package whose package.json has `"bulkhead": { "role": "backend" }`, or to a workspace with such a package.',
  });
}

/** There is more than one host here. */
export function severalHosts(folder: string, hosts: readonly string[]): BulkheadError {
  return new BulkheadError('ERR_CLI_SEVERAL_HOSTS', `There are several hosts in ${folder}: ${hosts.join(', ')}`, {
    hint: 'Go to the folder of the one that you mean.',
  });
}

/** A package.json that cannot be used. */
export function badManifest(file: string, cause: unknown): BulkheadError {
  return new BulkheadError('ERR_CLI_BAD_MANIFEST', `${file} cannot be read`, { cause });
}

/** The host has no main file, most often because it has not been built. */
export function hostNotBuilt(name: string, cause: unknown): BulkheadError {
  return new BulkheadError('ERR_CLI_HOST_NOT_BUILT', `The main file of the host ${name} is not there`, {
    hint: 'Build it (`npm run build`), or correct `exports` or `main` in its package.json.',
    cause,
  });
}

/** The host's main file does something, but it does not start a backend. */
export function hostStartsNothing(name: string): BulkheadError {
  return new BulkheadError('ERR_CLI_HOST_STARTS_NOTHING', `The host ${name} does not start a backend`, {
    hint: 'Its main file must end with `await backend.start()`, where backend comes from createBackend().',
  });
}

/** The host failed with an error that is not Bulkhead's own: a fault in its code, rather than in what it was given. */
export function hostFailed(name: string, main: string, cause: unknown): BulkheadError {
  const place = thrownAt(cause);
  return new BulkheadError('ERR_CLI_HOST_FAILED', `The host ${name} did not start`, {
    hint: place === undefined ? `\`node ${main}\` shows where it fails.` : `The error was thrown at ${place}.`,
    cause,
  });
}

/** A command that is about several processes, for a host that is one. */
export function noTopology(): BulkheadError {
  return new BulkheadError('ERR_CLI_NO_TOPOLOGY', 'There is no topology: one process runs everything', {
    hint: 'Describe the processes under `topology` in app-config.yaml, or run `bulkhead start` without --all.',
  });
}

/** Two processes that could only run on machines of their own. */
export function sameAddress(name: string, other: string, port: number): BulkheadError {
  return new BulkheadError('ERR_CLI_SAME_ADDRESS', `'${name}' and '${other}' would both listen on port ${port}`, {
    hint: '--all runs every process on this machine. Give them different ports: baseUrl, replicas, or `listen`.',
  });
}

/** A process of several ended before it was up. */
export function processFailed(name: string, end: string): BulkheadError {
  return new BulkheadError('ERR_CLI_PROCESS_FAILED', `'${name}' ${end} before it was ready, so all were stopped`, {
    hint: 'Its lines above say why. `bulkhead start --process <name>` runs it alone.',
  });
}

/** The topmost place in a file, as `file:line:column`. Node.js does not tell where a syntax error is. */
function thrownAt(error: unknown): string | undefined {
  const stack = error instanceof Error ? error.stack : undefined;
  return /^ +at (?:.* \()?(?:file:\/\/)?(\/.+:\d+:\d+)\)?$/m.exec(stack ?? '')?.[1];
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
