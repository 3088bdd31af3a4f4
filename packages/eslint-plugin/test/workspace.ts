import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from '@jest/globals';
import { RuleTester } from 'eslint';
import tseslint from 'typescript-eslint';

/** A package of the made-up workspace: its folder, and its manifest without the name. */
export interface FixturePackage {
  readonly dir: string;
  readonly name: string;
  readonly manifest?: object;
}

/**
 * Writes a workspace to the temporary folder, linked as npm links one.
 *
 * @returns a function that turns a path inside the workspace into an absolute one
 */
export function createWorkspace(packages: readonly FixturePackage[], root: object = {}): (file: string) => string {
  const base = realpathSync(mkdtempSync(path.join(tmpdir(), 'bulkhead-lint-')));
  writeFileSync(path.join(base, 'package.json'), JSON.stringify({ name: 'fixture', ...root }));
  for (const { dir, name, manifest } of packages) {
    const link = path.join(base, 'node_modules', name);
    mkdirSync(path.join(base, dir), { recursive: true });
    mkdirSync(path.dirname(link), { recursive: true });
    writeFileSync(path.join(base, dir, 'package.json'), JSON.stringify({ name, ...manifest }));
    symlinkSync(path.join(base, dir), link);
  }
  return (file) => path.join(base, file);
}

/** ESLint's tester, for TypeScript, reporting to Jest. */
export function createRuleTester(): RuleTester {
  RuleTester.describe = (text, callback) => void describe(text, callback);
  RuleTester.it = (text, callback) => void it(text, callback as () => void);
  return new RuleTester({ languageOptions: { parser: tseslint.parser, sourceType: 'module' } });
}
