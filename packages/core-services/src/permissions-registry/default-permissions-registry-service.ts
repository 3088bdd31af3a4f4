import type {
  LoggerService,
  Permission,
  PermissionResourceType,
  PermissionRule,
  PermissionsRegistryService,
} from '@bulkhead/backend-plugin-api';
import { registryClosed, unknownRule } from './errors.ts';
import { RegisteredPermissions } from './registered-permissions.ts';

/** Takes what a plugin and its modules let the permission policy decide about, until it is closed. */
export class DefaultPermissionsRegistryService implements PermissionsRegistryService {
  /** What was added so far. */
  readonly registered: RegisteredPermissions;
  readonly #pluginId: string;
  #isClosed = false;

  /** @param logger - told of what is replaced */
  constructor(pluginId: string, logger?: LoggerService) {
    this.#pluginId = pluginId;
    this.registered = new RegisteredPermissions(pluginId, logger);
  }

  /** Refuses additions from now on: the plugin has started. */
  close(): void {
    this.#isClosed = true;
  }

  /**
   * {@inheritDoc PermissionsRegistryService.addPermissions}
   *
   * @throws BulkheadError `ERR_PERMISSIONS_REGISTRY_CLOSED`
   */
  addPermissions(permissions: readonly Permission[]): void {
    this.#refuseIfClosed('permissions');
    this.registered.addPermissions(permissions);
  }

  /**
   * {@inheritDoc PermissionsRegistryService.addPermissionRules}
   *
   * @throws BulkheadError `ERR_PERMISSIONS_REGISTRY_CLOSED`, `ERR_PERMISSIONS_REGISTRY_DUPLICATE`,
   * `ERR_PERMISSIONS_REGISTRY_RULE`
   */
  addPermissionRules(rules: readonly PermissionRule[]): void {
    this.#refuseIfClosed('permission rules');
    this.registered.addRules(rules);
  }

  /**
   * {@inheritDoc PermissionsRegistryService.addResourceType}
   *
   * The plugin id in the ref is a name that the plugin's code gives its own resources; it is not compared with the id
   * under which the plugin is installed, which is the user's choice.
   *
   * @throws BulkheadError `ERR_PERMISSIONS_REGISTRY_CLOSED`, `ERR_PERMISSIONS_REGISTRY_DUPLICATE`,
   * `ERR_PERMISSIONS_REGISTRY_RULE`
   */
  addResourceType(options: PermissionResourceType): void {
    this.#refuseIfClosed('resource types');
    this.registered.addResourceType(options);
  }

  /**
   * {@inheritDoc PermissionsRegistryService.getPermissionRuleset}
   *
   * Rules that are added later are found, too. `getRuleByName` throws NotFoundError
   * `ERR_PERMISSIONS_REGISTRY_UNKNOWN_RULE`.
   */
  getPermissionRuleset({ pluginId, resourceType }: PermissionResourceType['resourceRef']): {
    getRuleByName(name: string): PermissionRule;
  } {
    return {
      getRuleByName: (name) => {
        const added = this.registered.findResourceType(resourceType)?.resourceRef;
        // Rules can be added for a type that never is.
        const isOwn = added === undefined || added.pluginId === pluginId;
        const rules = this.registered.rulesFor(resourceType);
        const found = isOwn ? rules.get(name)?.rule : undefined;
        if (!found) throw unknownRule(name, resourceType, isOwn ? [...rules.keys()] : []);
        return found;
      },
    };
  }

  #refuseIfClosed(what: string): void {
    if (this.#isClosed) throw registryClosed(this.#pluginId, what);
  }
}
