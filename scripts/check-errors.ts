/** Checks `docs/errors.md` against the codes in the sources and the tests. Writes nothing. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checkCodes } from './errors/check-codes.ts';
import { readSourceFiles } from './errors/source-files.ts';
import { report } from './finding.ts';

const root = path.resolve(import.meta.dirname, '..');
const markdown = readFileSync(path.join(root, 'docs/errors.md'), 'utf8');

process.exitCode = report('Error codes', checkCodes(readSourceFiles(root), markdown));
