import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { JsonObject } from '@bulkhead/types';

/** Redocly's recommended rules, but for those that do not suit documents that a machine puts together. */
const CONFIG = `extends: [recommended]
rules:
  # A merged document is not licensed; its parts are.
  info-license: off
`;

/** What Redocly's linter has to say about a document: one line per problem. */
export async function lintDocument(document: JsonObject): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bulkhead-lint-'));
  try {
    await writeFile(join(folder, 'redocly.yaml'), CONFIG);
    await writeFile(join(folder, 'openapi.json'), JSON.stringify(document));
    const cli = join(dirname(createRequire(import.meta.url).resolve('@redocly/cli/package.json')), 'bin/cli.js');
    const args = [cli, 'lint', 'openapi.json', '--format=json', '--config=redocly.yaml'];
    const env = { ...process.env, NODE_OPTIONS: '', REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
    const run = promisify(execFile)(process.execPath, args, { cwd: folder, env });
    const { stdout } = await run.catch((error: { stdout: string }) => error);
    const { problems } = JSON.parse(stdout) as { problems: Problem[] };
    return problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} at ${location[0]?.pointer ?? ''}`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Problem {
  readonly ruleId: string;
  readonly message: string;
  readonly location: readonly { readonly pointer?: string }[];
}
