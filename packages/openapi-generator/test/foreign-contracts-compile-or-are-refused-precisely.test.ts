import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { ProblemsError, type Problem } from '@bulkhead/errors';
import { generateFiles, type GeneratedFiles } from '../src/generate/generated-files.ts';
import { codeFolder, compile } from './compile.ts';
import { foreignContracts, mend } from './foreign-contracts.ts';

/** What is refused as it was published, by the codes of what is wrong. All others are served as they are. */
const REFUSED: Readonly<Record<string, readonly string[]>> = {
  figma: ['ERR_CONTRACT_SECURITY'],
  'oas-examples 3.0 callbacks': ['ERR_CONTRACT_OPERATION_ID_MISSING'],
  'oas-examples 3.0 circular-paths': ['ERR_CONTRACT_OPERATION_ID_MISSING', 'ERR_CONTRACT_PARAMETER'],
  'oas-examples 3.0 circular': ['ERR_CONTRACT_OPERATION_ID_MISSING'],
  'oas-examples 3.0 complex-nesting': ['ERR_CONTRACT_OPERATION_ID_MISSING'],
  'oas-examples 3.0 discriminators': ['ERR_CONTRACT_DISCRIMINATOR', 'ERR_CONTRACT_OPERATION_ID_MISSING'],
  'oas-examples 3.0 file-uploads': ['ERR_CONTRACT_OPERATION_ID_MISSING'],
  'oas-examples 3.0 http-status-codes': ['ERR_CONTRACT_OPERATION_ID_MISSING'],
  'oas-examples 3.0 parameters-common': ['ERR_CONTRACT_OPERATION_ID_MISSING', 'ERR_CONTRACT_PATH_INVALID'],
  'oas-examples 3.0 parameters-cookies': ['ERR_CONTRACT_OPERATION_ID_MISSING'],
  'oas-examples 3.0 parameters-extreme': ['ERR_CONTRACT_OPERATION_ID_MISSING'],
  'oas-examples 3.0 parameters-style': ['ERR_CONTRACT_BODY_DESCRIPTION', 'ERR_CONTRACT_PATH_INVALID'],
  'oas-examples 3.0 petstore-simple-no-tags': ['ERR_CONTRACT_OPERATION_ID_MISSING', 'ERR_CONTRACT_SECURITY'],
  'oas-examples 3.0 petstore-simple': ['ERR_CONTRACT_OPERATION_ID_MISSING', 'ERR_CONTRACT_SECURITY'],
  'oas-examples 3.0 petstore': ['ERR_CONTRACT_SECURITY'],
  'oas-examples 3.0 polymorphism': ['ERR_CONTRACT_OPERATION_ID_MISSING'],
  'oas-examples 3.0 readme-extensions': ['ERR_CONTRACT_SECURITY'],
  'oas-examples 3.0 readme-legacy': ['ERR_CONTRACT_SECURITY'],
  'oas-examples 3.0 request-examples': ['ERR_CONTRACT_OPERATION_ID_MISSING'],
  'oas-examples 3.0 response-examples': [
    'ERR_CONTRACT_BODY_DESCRIPTION',
    'ERR_CONTRACT_OPERATION_ID_MISSING',
    'ERR_CONTRACT_RESPONSE_DESCRIPTION',
  ],
  'oas-examples 3.0 response-http-behavior': ['ERR_CONTRACT_SECURITY'],
  'oas-examples 3.0 response-multiple-mediatypes': ['ERR_CONTRACT_OPERATION_ID_MISSING'],
  'oas-examples 3.0 response-schemas': ['ERR_CONTRACT_BODY_DESCRIPTION', 'ERR_CONTRACT_OPERATION_ID_MISSING'],
  'oas-examples 3.0 schema-additional-properties': ['ERR_CONTRACT_OPERATION_ID_MISSING'],
  'oas-examples 3.0 schema-circular': ['ERR_CONTRACT_OPERATION_ID_MISSING'],
  'oas-examples 3.0 schema-deprecated': ['ERR_CONTRACT_OPERATION_ID_MISSING'],
  'oas-examples 3.0 schema-encoding-style': ['ERR_CONTRACT_BODY_DESCRIPTION'],
  'oas-examples 3.0 schema-enums': ['ERR_CONTRACT_BODY_DESCRIPTION'],
  'oas-examples 3.0 schema-types': ['ERR_CONTRACT_SCHEMA'],
  'oas-examples 3.0 schema-validation': ['ERR_CONTRACT_OPERATION_ID_MISSING', 'ERR_CONTRACT_SCHEMA'],
  'oas-examples 3.0 schema-visibility': ['ERR_CONTRACT_OPERATION_ID_MISSING'],
  'oas-examples 3.0 security-multiple': ['ERR_CONTRACT_OPERATION_ID_MISSING', 'ERR_CONTRACT_SECURITY'],
  'oas-examples 3.0 security': ['ERR_CONTRACT_OPERATION_ID_MISSING', 'ERR_CONTRACT_SECURITY'],
  'oas-examples 3.0 server-path-level': ['ERR_CONTRACT_OPERATION_ID_MISSING'],
  'oas-examples 3.0 server-variables': ['ERR_CONTRACT_OPERATION_ID_MISSING'],
  'oas-examples 3.0 star-trek': ['ERR_CONTRACT_OPERATION_ID_MISSING'],
  'oas-examples 3.1 parameters-style': [
    'ERR_CONTRACT_BODY_DESCRIPTION',
    'ERR_CONTRACT_PATH_INVALID',
    'ERR_CONTRACT_RESPONSE_DESCRIPTION',
  ],
  'oas-examples 3.1 petstore-simple': ['ERR_CONTRACT_OPERATION_ID_MISSING', 'ERR_CONTRACT_SECURITY'],
  'oas-examples 3.1 petstore': ['ERR_CONTRACT_SECURITY'],
  'oas-examples 3.1 readme-extensions': ['ERR_CONTRACT_RESPONSE_DESCRIPTION', 'ERR_CONTRACT_SECURITY'],
  'oas-examples 3.1 readme': ['ERR_CONTRACT_SCHEMA'],
  'oas-examples 3.1 schema-encoding-style': ['ERR_CONTRACT_BODY_DESCRIPTION', 'ERR_CONTRACT_RESPONSE_DESCRIPTION'],
  'oas-examples 3.1 schema-types': ['ERR_CONTRACT_RESPONSE_DESCRIPTION', 'ERR_CONTRACT_SCHEMA'],
  'oas-examples 3.1 schema-validation-local': ['ERR_CONTRACT_OPERATION_ID_MISSING', 'ERR_CONTRACT_SCHEMA'],
  'oas-examples 3.1 schema-validation-top-level': [
    'ERR_CONTRACT_OPERATION_ID_MISSING',
    'ERR_CONTRACT_SCHEMA',
    'ERR_CONTRACT_UNSUPPORTED',
  ],
  'oas-examples 3.1 security': ['ERR_CONTRACT_OPERATION_ID_MISSING', 'ERR_CONTRACT_SECURITY'],
  'oas-examples 3.1 train-travel': ['ERR_CONTRACT_SECURITY'],
};

/** What is refused still when the authors have followed the hints that can be followed without knowing what they meant. */
const REFUSED_FOR_GOOD: Readonly<Record<string, readonly string[]>> = {
  'oas-examples 3.0 circular-paths': ['ERR_CONTRACT_PARAMETER'],
  'oas-examples 3.0 discriminators': ['ERR_CONTRACT_DISCRIMINATOR'],
  'oas-examples 3.0 parameters-common': ['ERR_CONTRACT_PATH_INVALID'],
  'oas-examples 3.0 parameters-style': ['ERR_CONTRACT_BODY_DESCRIPTION'],
  'oas-examples 3.0 response-examples': ['ERR_CONTRACT_BODY_DESCRIPTION', 'ERR_CONTRACT_RESPONSE_DESCRIPTION'],
  'oas-examples 3.0 response-schemas': ['ERR_CONTRACT_BODY_DESCRIPTION'],
  'oas-examples 3.0 schema-encoding-style': ['ERR_CONTRACT_BODY_DESCRIPTION'],
  'oas-examples 3.0 schema-enums': ['ERR_CONTRACT_BODY_DESCRIPTION'],
  'oas-examples 3.0 server-path-level': ['ERR_CONTRACT_OPERATION_ID_DUPLICATE'],
  'oas-examples 3.1 parameters-style': ['ERR_CONTRACT_BODY_DESCRIPTION'],
  'oas-examples 3.1 schema-encoding-style': ['ERR_CONTRACT_BODY_DESCRIPTION'],
};

const contracts = foreignContracts();
const folder = codeFolder('foreign');

async function generate(contract: string, target: string): Promise<GeneratedFiles | readonly Problem[]> {
  try {
    return await generateFiles({
      contract,
      pluginId: 'foreign',
      server: { folder: path.join(target, 'server') },
      client: { folder: path.join(target, 'client') },
    });
  } catch (error) {
    if (error instanceof ProblemsError && error.code === 'ERR_CONTRACT_INVALID') {
      return error.problems;
    }
    throw error;
  }
}

function codesOf(problems: readonly Problem[]): readonly string[] {
  return [...new Set(problems.map(({ code }) => code))].sort();
}

/** A refusal names a place that is there, says what is wrong, and how to mend it. */
function expectPrecision(problems: readonly Problem[], contract: string): void {
  const lines = readFileSync(contract, 'utf8').split('\n');
  for (const { source, message, hint } of problems) {
    expect(path.resolve(source!.file)).toBe(contract);
    expect(lines[source!.line! - 1]?.slice(source!.column! - 1).trim()).not.toBe('');
    expect(message).toMatch(/\w/);
    expect(hint).toMatch(/\w/);
  }
}

it.each(contracts)('$name as it was published', async ({ name, file }) => {
  const result = await generate(file, path.join(folder, 'published'));

  if (Array.isArray(result)) {
    expectPrecision(result, file);
  }
  expect(Array.isArray(result) ? codesOf(result) : []).toEqual(REFUSED[name] ?? []);
});

it.each(contracts)('$name after it was mended', async ({ name, file }) => {
  const target = path.join(folder, name.replaceAll(/\W+/g, '-'));
  mkdirSync(target, { recursive: true });
  const mended = path.join(target, 'openapi.json');
  writeFileSync(mended, JSON.stringify(mend(file), null, 2));

  const result = await generate(mended, target);

  if (Array.isArray(result)) {
    expectPrecision(result, mended);
    expect(codesOf(result)).toEqual(REFUSED_FOR_GOOD[name]);
    return;
  }
  expect(REFUSED_FOR_GOOD[name]).toBeUndefined();
  for (const [generated, text] of result as GeneratedFiles) {
    mkdirSync(path.dirname(generated), { recursive: true });
    writeFileSync(generated, text);
  }
  if (statSync(mended).size < 100_000) {
    expect(await generate(mended, target)).toEqual(result);
  }
});

it('all of it compiles', async () => {
  expect(await compile(folder)).toBe('');
});

it('all of it loads', () => {
  const modules = contracts
    .filter(({ name }) => !REFUSED_FOR_GOOD[name])
    .flatMap(({ name }) => {
      const target = path.join(folder, name.replaceAll(/\W+/g, '-'));
      return [`${target}/server/src/generated/routes.ts`, `${target}/client/src/generated/client.ts`];
    });
  const script = `await Promise.all(${JSON.stringify(modules)}.map((file) => import(file))); process.stdout.write('loaded');`;

  const output = execFileSync(
    process.execPath,
    ['--conditions=@bulkhead/source', '--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', script],
    { cwd: folder, encoding: 'utf8' },
  );

  expect(output).toBe('loaded');
});
