import { badSecurity } from '../check/problems.ts';
import { isObject } from '../read/json-pointer.ts';
import type { OperationModel } from './contract-model.ts';
import type { ContractReader } from './contract-reader.ts';
import { UniqueNames } from './names.ts';

type Access = OperationModel['access'];
type Principal = Access['principals'][number];

/** The cookie in which browsers keep the limited credentials of a user. */
const AUTH_COOKIE = 'backstage-auth';

const EVERYBODY: readonly Principal[] = ['user', 'service'];

/**
 * Who may call an operation, by its security requirements or else by those of the whole contract. A contract without
 * any is taken to want credentials: what nobody has thought about stays closed.
 */
export function readAccess(operation: Readonly<Record<string, unknown>>, reader: ContractReader): Access {
  const owner = operation['security'] === undefined ? reader.document : operation;
  const requirements = owner['security'];
  if (!Array.isArray(requirements)) {
    return { credentials: 'required', principals: EVERYBODY, cookie: false };
  }
  if (requirements.length === 0) {
    return { credentials: 'none', principals: EVERYBODY, cookie: false };
  }
  const principals = new Set<Principal>();
  let isOptional = false;
  let cookie = false;
  requirements.forEach((requirement: unknown, index) => {
    const fail = (message: string): void => {
      reader.problems.push(badSecurity(message, reader.places.of(owner, 'security', String(index))));
    };
    const schemes = Object.entries(isObject(requirement) ? requirement : {});
    if (schemes.length === 0) {
      isOptional = true;
    } else if (schemes.length > 1) {
      fail(`A requirement of several schemes at once (${schemes.map(([name]) => name).join(', ')}) cannot be met`);
    } else {
      const kind = readScheme(schemes[0]![0], reader, fail);
      cookie ||= kind === 'cookie';
      for (const principal of kind === 'bearer' ? readRoles(schemes[0]![1], fail) : []) {
        principals.add(principal);
      }
    }
  });
  if (cookie) {
    // Only users have cookies.
    principals.add('user');
  }
  return {
    credentials: isOptional ? 'optional' : 'required',
    principals: principals.size > 0 ? EVERYBODY.filter((each) => principals.has(each)) : EVERYBODY,
    cookie,
  };
}

/**
 * Says in the document what a contract without security requirements is taken to mean, so that whoever reads it learns
 * that a token is needed.
 */
export function addSecurity(document: Record<string, unknown>): void {
  if (document['security'] !== undefined) {
    return;
  }
  const components = (document['components'] ??= {}) as Record<string, unknown>;
  const schemes = (components['securitySchemes'] ??= {}) as Record<string, unknown>;
  const isBearer = (scheme: unknown): boolean =>
    isObject(scheme) && scheme['type'] === 'http' && scheme['scheme'] === 'bearer';
  let name = Object.keys(schemes).find((each) => isBearer(schemes[each]));
  if (name === undefined) {
    name = new UniqueNames(Object.keys(schemes)).take('bearer');
    schemes[name] = { type: 'http', scheme: 'bearer' };
  }
  document['security'] = [{ [name]: [] }];
}

function readScheme(
  name: string,
  reader: ContractReader,
  fail: (message: string) => void,
): 'bearer' | 'cookie' | undefined {
  const components = reader.document['components'];
  const schemes = isObject(components) && isObject(components['securitySchemes']) ? components['securitySchemes'] : {};
  if (!Object.hasOwn(schemes, name)) {
    fail(`There is no security scheme '${name}'`);
    return undefined;
  }
  const scheme = reader.resolve(schemes[name]);
  if (scheme['type'] === 'http' && String(scheme['scheme']).toLowerCase() === 'bearer') {
    return 'bearer';
  }
  if (scheme['type'] === 'apiKey' && scheme['in'] === 'cookie' && scheme['name'] === AUTH_COOKIE) {
    return 'cookie';
  }
  const kind = [scheme['type'], scheme['scheme'], scheme['in']].filter((each) => typeof each === 'string').join(' ');
  const source = reader.places.of(schemes[name]);
  reader.problems.push(badSecurity(`The host cannot demand the security scheme '${name}' (${kind})`, source));
  return undefined;
}

/** The roles of a bearer are the kinds of callers; none means all. */
function readRoles(roles: unknown, fail: (message: string) => void): readonly Principal[] {
  const names = Array.isArray(roles) ? (roles as unknown[]) : [];
  const unknown = names.filter((name) => !(EVERYBODY as readonly unknown[]).includes(name));
  if (unknown.length > 0) {
    fail(`There are no callers of the kind '${unknown.map(String).join("', '")}'`);
  }
  return names.length === 0 ? EVERYBODY : EVERYBODY.filter((each) => names.includes(each));
}
