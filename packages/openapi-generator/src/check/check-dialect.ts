import type { ContractReader } from '../model/contract-reader.ts';
import { formatValue } from '../read/json-pointer.ts';
import { unsupported } from '../read/problems.ts';

/** The names of the dialect of JSON Schema that contracts are written in. */
const DIALECTS = [
  /^https:\/\/spec\.openapis\.org\/oas\/3\.1\/dialect\//,
  /^https:\/\/json-schema\.org\/draft\/2020-12\/schema#?$/,
];

/** Checks that the schemas of a contract are not written in a dialect of their own. */
export function checkDialect({ document, places, problems }: ContractReader): void {
  const dialect = document['jsonSchemaDialect'];
  const name = formatValue(dialect);
  if (dialect !== undefined && !DIALECTS.some((pattern) => pattern.test(name))) {
    const hint = "Remove 'jsonSchemaDialect', and write schemas as JSON Schema 2020-12 has them.";
    problems.push(
      unsupported(`The dialect '${name}' is not supported`, hint, places.of(document, 'jsonSchemaDialect')),
    );
  }
}
