import type {
  ConditionalDecision,
  Credentials,
  DefinitiveDecision,
  Permission,
  PermissionRequest,
  PermissionsService,
  ServicePrincipal,
} from '@bulkhead/backend-plugin-api';
import type { Principal } from '../auth/credentials.ts';
import type { Asker, PermissionClient } from './permission-client.ts';

/** What {@link DefaultPermissionsService} is made of. */
export interface DefaultPermissionsServiceOptions {
  /** Asked about everybody but services. Without one, everything is allowed to them. */
  readonly client?: Pick<PermissionClient, 'authorize' | 'authorizeConditional'>;
}

/**
 * Decides about services on the spot, by what their access restrictions leave them, whether permissions are enabled or
 * not: who restricts a token means it. About everybody else the plugin `permission` decides.
 */
export class DefaultPermissionsService implements PermissionsService {
  readonly #client: DefaultPermissionsServiceOptions['client'];

  constructor({ client }: DefaultPermissionsServiceOptions = {}) {
    this.#client = client;
  }

  /** {@inheritDoc PermissionsService.authorize} */
  async authorize(
    requests: readonly PermissionRequest[],
    options: { readonly credentials: Credentials },
  ): Promise<DefinitiveDecision[]> {
    return decideLocally(requests, options, this.#client) ?? this.#client!.authorize(requests, options);
  }

  /** {@inheritDoc PermissionsService.authorizeConditional} */
  async authorizeConditional(
    requests: readonly PermissionRequest[],
    options: { readonly credentials: Credentials },
  ): Promise<(DefinitiveDecision | ConditionalDecision)[]> {
    return decideLocally(requests, options, this.#client) ?? this.#client!.authorizeConditional(requests, options);
  }
}

function decideLocally(
  requests: readonly PermissionRequest[],
  asker: Asker | undefined,
  client: unknown,
): DefinitiveDecision[] | undefined {
  const principal = asker?.credentials?.principal as Principal | undefined;
  if (principal?.type === 'service') {
    return requests.map(({ permission }) => decideForService(principal, permission));
  }
  return client === undefined ? requests.map(() => ({ result: 'ALLOW' })) : undefined;
}

/** All restrictions must be met. A permission without an action is none of those that are listed. */
function decideForService(service: ServicePrincipal, { name, attributes }: Permission): DefinitiveDecision {
  const { permissionNames, permissionAttributes } = service.accessRestrictions ?? {};
  const actions = permissionAttributes?.action;
  // Permissions of published plugins need not have attributes.
  const action = (attributes as Permission['attributes'] | undefined)?.action;
  const isAllowed =
    (permissionNames === undefined || permissionNames.includes(name)) &&
    (actions === undefined || (action !== undefined && actions.includes(action)));
  return { result: isAllowed ? 'ALLOW' : 'DENY' };
}
