import eslint from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import bulkhead from './packages/eslint-plugin/src/index.ts';

const packages = ['packages/*/**/*.ts', 'plugins/*/**/*.ts'];
const tests = ['**/*.{test,test-d}.ts', '{packages,plugins}/*/{test,jest}/**', 'packages/*/src/contracts/**'];

const starExport = {
  selector: 'ExportAllDeclaration',
  message: 'Name what is exported: the index is the table of contents.',
};
const defaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export it by its name. Only the index of a plugin has a default export: the feature.',
};

export default defineConfig(
  globalIgnores(['**/dist/', 'packages/*/bundle/', '**/generated/', '**/coverage/', '**/.bulkhead/', 'compat/']),
  eslint.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: { globals: { console: 'readonly', fetch: 'readonly', process: 'readonly' } },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-syntax': ['error', starExport],
      'object-shorthand': 'error',
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      // One program for the whole repository, since packages lead to each other's sources: much faster than one each.
      parserOptions: { project: './tsconfig.lint.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/max-params': ['error', { max: 3 }],
      '@typescript-eslint/no-floating-promises': ['error', { checkThenables: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'max-depth': ['error', 3],
      'max-lines': ['error', { max: 350, skipBlankLines: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],

      // A named interface is a name to look up, with or without members of its own.
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      // Whatever was caught may be passed on.
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true }],
      '@typescript-eslint/prefer-promise-reject-errors': ['error', { allowThrowingUnknown: true }],
      // The compiler sees these better.
      '@typescript-eslint/no-unused-vars': 'off',
      // An async function without await still turns a throw into a rejection, and fulfils an interface.
      '@typescript-eslint/require-await': 'off',
      // Services are objects of functions, made to be taken apart.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // Programs of the benchmarks, each of them a process of its own; some are for the peers.
    files: ['benchmarks/hosts/**/*.js'],
    languageOptions: { globals: globals.nodeBuiltin },
    rules: { 'no-unused-vars': ['error', { argsIgnorePattern: '^_' }] },
  },
  {
    files: packages,
    plugins: { '@bulkhead': bulkhead },
    rules: {
      '@bulkhead/declared-dependencies': 'error',
      '@bulkhead/documented-exports': 'error',
      '@bulkhead/layering': 'error',
      '@bulkhead/no-bare-error': 'error',
      '@bulkhead/plugin-isolation': 'error',
      'no-console': 'error',
      'no-restricted-syntax': ['error', starExport, defaultExport],
    },
  },
  {
    files: ['packages/*/src/**/*.ts', 'plugins/*/src/**/*.ts'],
    ignores: tests,
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          name: '@opentelemetry/api',
          allowTypeImports: true,
          message:
            'It would load a second copy (docs/adr/0109): take it from telemetry/open-telemetry.ts of core-services; in a plugin, use coreServices.tracing and coreServices.metrics.',
        },
      ],
    },
  },
  {
    // The feature of a plugin, and what Jest and ESLint look for.
    files: ['plugins/*/src/index.ts', 'packages/eslint-plugin/src/index.ts', '**/jest-global-*.ts'],
    rules: { 'no-restricted-syntax': ['error', starExport] },
  },
  {
    // Tests read what comes over the wire, and a story may be long.
    files: tests,
    rules: {
      '@bulkhead/no-bare-error': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      '@typescript-eslint/max-params': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      'max-lines': 'off',
      'max-lines-per-function': 'off',
    },
  },
);
