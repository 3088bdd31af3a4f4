/**
 * Jest runs every test file as a native ES module, on sources: the export condition `@bulkhead/source` leads
 * from one workspace package to another without a build. Workers need a flag for that, which they take from here,
 * so that a plain `jest` is all one has to type.
 */
process.env.NODE_OPTIONS = [process.env.NODE_OPTIONS, '--experimental-vm-modules'].filter(Boolean).join(' ');

/** @type {import('jest').Config} */
export default {
  globalSetup: '<rootDir>/packages/backend-test-utils/jest/global-setup.js',
  globalTeardown: '<rootDir>/packages/backend-test-utils/jest/global-teardown.js',
  testMatch: [
    '<rootDir>/{packages,plugins}/*/{src,test}/**/*.test.ts',
    '<rootDir>/scripts/**/*.test.ts',
    '<rootDir>/benchmarks/{src,suites}/**/*.test.ts',
  ],
  // Tests start servers and processes. On a busy machine the first database of a run alone can take five seconds, Jest's
  // own limit; this one is for tests that hang.
  testTimeout: 60_000,
  testEnvironment: '<rootDir>/scripts/jest/environment.js',
  testEnvironmentOptions: { customExportConditions: ['@bulkhead/source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: { target: 'es2023', parser: { syntax: 'typescript' }, keepClassNames: true },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  modulePathIgnorePatterns: ['/dist/', '/packages/[^/]+/bundle/', '/.bulkhead/'],
  // Also keeps a single test file in a worker, where the flag above is in force.
  workerIdleMemoryLimit: '1GB',
};
