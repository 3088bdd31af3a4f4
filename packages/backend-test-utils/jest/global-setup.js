// For this repository's own jest.config.js, which is read before anything is built.
export { default } from '../src/test-database/jest-global-setup.ts';
