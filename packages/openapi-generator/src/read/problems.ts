import { ProblemsError, type Problem, type ProblemSource } from '@bulkhead/errors';

/** All that is wrong with a contract. */
export function invalidContract(file: string, problems: readonly Problem[]): ProblemsError {
  const count = problems.length === 1 ? 'is 1 problem' : `are ${problems.length} problems`;
  return new ProblemsError('ERR_CONTRACT_INVALID', `There ${count} with the contract ${file}`, problems, {
    hint: 'Mend the contract; nothing was generated from it.',
  });
}

/** A file of the contract cannot be read. */
export function unreadableContract(file: string, reason: string, source?: ProblemSource): Problem {
  return {
    code: 'ERR_CONTRACT_FILE',
    message: `Cannot read ${file}: ${reason}`,
    hint: 'Correct the name of the file, or add it. Names in references are relative to the file that they stand in.',
    source: source ?? { file },
  };
}

/** The text is neither YAML nor JSON. */
export function badSyntax(what: string, source: ProblemSource): Problem {
  return {
    code: 'ERR_CONTRACT_SYNTAX',
    message: `Bad YAML: ${what}`,
    hint: 'An editor that knows YAML shows the place; texts with colons, hashes or braces may need quotes.',
    source,
  };
}

/** The document is of a version that cannot be read. */
export function unknownVersion(version: string | undefined, source: ProblemSource): Problem {
  return {
    code: 'ERR_CONTRACT_VERSION',
    message: version === undefined ? 'The document does not say its version' : `The document is of ${version}`,
    hint: "Write 'openapi: 3.1.0'. OpenAPI 3.0 is read too; convert older documents first.",
    source,
  };
}

/** A `$ref` that leads nowhere. */
export function brokenReference(ref: string, why: string, source: ProblemSource): Problem {
  return {
    code: 'ERR_CONTRACT_REFERENCE',
    message: `The reference '${ref}' leads nowhere: ${why}`,
    hint: "Write a JSON pointer such as '#/components/schemas/Name', or 'file.yaml#/pointer' relative to this file.",
    source,
  };
}

/** A `$ref` to another machine. */
export function remoteReference(ref: string, source: ProblemSource): Problem {
  return {
    code: 'ERR_CONTRACT_REMOTE_REFERENCE',
    message: `The reference '${ref}' leads to another machine; what is generated would change with it`,
    hint: 'Keep a copy of the file beside the contract, and refer to that.',
    source,
  };
}

/** References that only lead to each other. */
export function endlessReference(name: string, source: ProblemSource): Problem {
  return {
    code: 'ERR_CONTRACT_ENDLESS_REFERENCE',
    message: `${name} refers to itself and to nothing else, so no value can be told to fit`,
    hint: 'Let the way round lead through a property or an item.',
    source,
  };
}

/** Something is not what OpenAPI wants in its place. */
export function badStructure(message: string, source: ProblemSource, hint?: string): Problem {
  return {
    code: 'ERR_CONTRACT_STRUCTURE',
    message,
    hint: hint ?? 'See the OpenAPI specification for what stands here.',
    source,
  };
}

/** OpenAPI knows it, but it cannot be served or called. */
export function unsupported(message: string, hint: string, source: ProblemSource): Problem {
  return { code: 'ERR_CONTRACT_UNSUPPORTED', message, hint, source };
}
