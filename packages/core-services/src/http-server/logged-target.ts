/** Names of query parameters whose values are not for logs. What stays escaped could hide one of them. */
const SECRET_NAME =
  /token|secret|passw|credential|signature|session|assertion|api[-_]?key|%|(?:^|\[)(?:auth|key|code|state|sig|jwt)(?:$|[[\]])/i;

/** `types%5B0%5D`, as lists are written, is no secret. */
const BRACKETS: Readonly<Record<string, string>> = { '%5b': '[', '%5d': ']' };
const MAX_LENGTH = 2_048;

/** A request target as it may stand in a log: query values that look like secrets are masked, excess length is cut. */
export function toLoggedTarget(target: string): string {
  const query = target.indexOf('?');
  const masked = query === -1 ? target : `${target.slice(0, query)}?${maskQuery(target.slice(query + 1))}`;
  return masked.length > MAX_LENGTH ? `${masked.slice(0, MAX_LENGTH)}…` : masked;
}

function maskQuery(query: string): string {
  return query
    .split('&')
    .map((parameter) => {
      const equals = parameter.indexOf('=');
      const name = equals === -1 ? parameter : parameter.slice(0, equals);
      return equals !== -1 && SECRET_NAME.test(unescaped(name)) ? `${name}=***` : parameter;
    })
    .join('&');
}

function unescaped(name: string): string {
  return name.replaceAll(/%5[bd]/gi, (escaped) => BRACKETS[escaped.toLowerCase()] ?? escaped);
}
