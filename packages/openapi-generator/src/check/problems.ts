import { formatSource, type Problem, type ProblemSource } from '@bulkhead/errors';

/** An operation has no name. */
export function missingOperationId(operation: string, example: string, source: ProblemSource): Problem {
  return {
    code: 'ERR_CONTRACT_OPERATION_ID_MISSING',
    message: `${operation} has no operationId, so there is no name for its handler and its client method`,
    hint: `Add one in camel case, such as 'operationId: ${example}'.`,
    source,
  };
}

/** Two operations have one name. */
export function duplicateOperationId(operationId: string, first: ProblemSource, source: ProblemSource): Problem {
  return {
    code: 'ERR_CONTRACT_OPERATION_ID_DUPLICATE',
    message: `The operationId '${operationId}' stands for another operation already, at ${formatSource(first)}`,
    hint: 'Rename one of them. Upper and lower case, and characters that identifiers cannot have, make no difference.',
    source,
  };
}

/** One operation stands at two paths. */
export function sharedOperation(operationId: string, paths: readonly string[], source: ProblemSource): Problem {
  return {
    code: 'ERR_CONTRACT_OPERATION_ID_DUPLICATE',
    message: `The operation '${operationId}' stands at two paths, ${paths.join(' and ')}, which refer to one path item`,
    hint: 'Copy the path item in place of one of the references, and rename its operations.',
    source,
  };
}

/** A client has something else of that name. */
export function reservedOperationId(operationId: string, source: ProblemSource): Problem {
  return {
    code: 'ERR_CONTRACT_OPERATION_ID_RESERVED',
    message: `No operation can be called '${operationId}', since clients have something else of that name`,
    hint: 'Rename it: a verb and what it is done to make a good name.',
    source,
  };
}

/** A path that is no template. */
export function badPath(path: string, why: string, source: ProblemSource): Problem {
  return {
    code: 'ERR_CONTRACT_PATH_INVALID',
    message: `The path '${path}' cannot be served: ${why}`,
    hint: "Write '/todos/{id}': it begins with a slash, and each parameter has a name of its own between braces.",
    source,
  };
}

/** Two paths between which no router can decide. */
export function collidingPaths(
  path: string,
  other: string,
  where: { first: ProblemSource; source: ProblemSource; example: string },
): Problem {
  return {
    code: 'ERR_CONTRACT_PATH_COLLISION',
    message: `The paths '${path}' and '${other}' (${formatSource(where.first)}) collide: both match '${where.example}'`,
    hint: 'Join them into one path, or give one of them a literal segment. The names of parameters make no difference.',
    source: where.source,
  };
}

/** A path that the host answers itself. */
export function reservedPath(path: string, source: ProblemSource): Problem {
  return {
    code: 'ERR_CONTRACT_PATH_RESERVED',
    message: `The path '${path}' is answered by the host in every plugin`,
    hint: "Choose another path. Reserved are '/openapi.json' and everything below '/.backstage'.",
    source,
  };
}

/** A path parameter without a place in the path, or the other way round. */
export function pathParameterMismatch(message: string, hint: string, source: ProblemSource): Problem {
  return { code: 'ERR_CONTRACT_PATH_PARAMETER', message, hint, source };
}

/** A parameter that cannot be read from a request. */
export function badParameter(message: string, hint: string, source: ProblemSource): Problem {
  return { code: 'ERR_CONTRACT_PARAMETER', message, hint, source };
}

/** A parameter that is there twice. */
export function duplicateParameter(name: string, part: string, source: ProblemSource): Problem {
  return {
    code: 'ERR_CONTRACT_PARAMETER_DUPLICATE',
    message: `The parameter '${name}' stands twice in the ${part} of one operation`,
    hint: 'Remove one. Names of headers are the same in upper and lower case.',
    source,
  };
}

/** A schema that JSON Schema 2020-12 does not allow. */
export function badSchema(message: string, hint: string, source: ProblemSource): Problem {
  return { code: 'ERR_CONTRACT_SCHEMA', message, hint, source };
}

/** A discriminator that does not tell alternatives apart. */
export function badDiscriminator(message: string, hint: string, source: ProblemSource): Problem {
  return { code: 'ERR_CONTRACT_DISCRIMINATOR', message, hint, source };
}

/** A body where there can be none, or that cannot be read as it is described. */
export function badBody(message: string, hint: string, source: ProblemSource): Problem {
  return { code: 'ERR_CONTRACT_BODY_DESCRIPTION', message, hint, source };
}

/** A response that cannot be sent. */
export function badResponse(message: string, hint: string, source: ProblemSource): Problem {
  return { code: 'ERR_CONTRACT_RESPONSE_DESCRIPTION', message, hint, source };
}

/** Security that the host does not know how to demand. */
export function badSecurity(message: string, source: ProblemSource): Problem {
  return {
    code: 'ERR_CONTRACT_SECURITY',
    message,
    hint:
      "Use a scheme of type http, scheme bearer ('bearer: []', or 'bearer: [user]' and 'bearer: [service]' for one kind of callers), " +
      "as an alternative one of type apiKey in the cookie 'backstage-auth', or 'security: []' for everybody.",
    source,
  };
}

/** An `x-pagination` that leads nowhere. */
export function badPagination(message: string, source: ProblemSource): Problem {
  return {
    code: 'ERR_CONTRACT_PAGINATION',
    message,
    hint:
      "Write 'x-pagination: { parameter: cursor, next: /nextCursor, items: /items }': a query parameter of the operation, " +
      'and two JSON pointers into the body of its successful response, of which the second leads to a list.',
    source,
  };
}

/** A date of deprecation that is none. */
export function badDeprecation(message: string, source: ProblemSource): Problem {
  return {
    code: 'ERR_CONTRACT_DEPRECATION',
    message,
    hint: "Write 'deprecated: true', and beside it 'x-deprecated-since: 2026-01-31' and 'x-sunset: 2027-01-31' if you like.",
    source,
  };
}
