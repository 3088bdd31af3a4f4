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
import { noPermissionPolicy } from './errors.ts';

/** What {@link DefaultPermissionsService} is made of. */
export interface DefaultPermissionsServiceOptions {
  /** Whether users need permissions. */
  readonly enabled: boolean;
}

/**
 * Decides without a policy, as far as that goes. Services get what their access restrictions leave them, whether
 * permissions are enabled or not: who restricts a token means it. Everybody else is allowed everything while
 * permissions are disabled, and cannot be decided about while they are enabled.
 */
export class DefaultPermissionsService implements PermissionsService {
  readonly #enabled: boolean;

  constructor({ enabled }: DefaultPermissionsServiceOptions) {
    this.#enabled = enabled;
  }

  /**
   * {@inheritDoc PermissionsService.authorize}
   *
   * @throws NotImplementedError `ERR_PERMISSIONS_NO_POLICY`
   */
  async authorize(
    requests: readonly PermissionRequest[],
    options: { readonly credentials: Credentials },
  ): Promise<DefinitiveDecision[]> {
    const principal = options.credentials.principal as Principal;
    if (principal.type === 'service') {
      return requests.map(({ permission }) => decideForService(principal, permission));
    }
    if (this.#enabled && requests.length > 0) throw noPermissionPolicy();
    return requests.map(() => ({ result: 'ALLOW' }));
  }

  /**
   * {@inheritDoc PermissionsService.authorizeConditional}
   *
   * @throws NotImplementedError `ERR_PERMISSIONS_NO_POLICY`
   */
  async authorizeConditional(
    requests: readonly PermissionRequest[],
    options: { readonly credentials: Credentials },
  ): Promise<(DefinitiveDecision | ConditionalDecision)[]> {
    return this.authorize(requests, options);
  }
}

/** All restrictions must be met. A permission without an action is none of those that are listed. */
function decideForService(service: ServicePrincipal, { name, attributes }: Permission): DefinitiveDecision {
  const { permissionNames, permissionAttributes } = service.accessRestrictions ?? {};
  const actions = permissionAttributes?.action;
  const isAllowed =
    (permissionNames === undefined || permissionNames.includes(name)) &&
    (actions === undefined || (attributes.action !== undefined && actions.includes(attributes.action)));
  return { result: isAllowed ? 'ALLOW' : 'DENY' };
}
