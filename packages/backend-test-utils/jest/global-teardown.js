export { default } from '../src/test-database/jest-global-teardown.ts';
