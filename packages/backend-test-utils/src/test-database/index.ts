export { TestDatabase, type TestDatabaseConnection } from './test-database.ts';
