import { isDeepStrictEqual } from 'node:util';
import type { LoggerService, Permission, PermissionResourceType, PermissionRule } from '@bulkhead/backend-plugin-api';
import { alreadyRegistered, unusableRule } from './errors.ts';
import { ParamsSchema } from './params-schema.ts';

/** A rule, and what it is for. */
export interface RegisteredRule {
  readonly rule: PermissionRule;
  readonly resourceType: string;
  readonly paramsSchema: ParamsSchema;
}

type ByName<T> = ReadonlyMap<string, T>;

/** What a plugin lets the permission policy decide about. An addition that is refused leaves it as it was. */
export class RegisteredPermissions {
  readonly #pluginId: string;
  readonly #logger: LoggerService | undefined;
  #permissions: ByName<Permission> = new Map();
  #resourceTypes: ByName<PermissionResourceType> = new Map();
  /** By kind of resource and name. */
  #rules: ByName<ByName<RegisteredRule>> = new Map();

  constructor(pluginId: string, logger?: LoggerService) {
    this.#pluginId = pluginId;
    this.#logger = logger;
  }

  /** Those of resource types included, in the order in which they were added. */
  get permissions(): readonly Permission[] {
    return [...this.#permissions.values()];
  }

  /** By kind of resource. */
  get rules(): readonly RegisteredRule[] {
    return [...this.#rules.values()].flatMap((rules) => [...rules.values()]);
  }

  /** Another permission of a name that is known takes its place, as in Backstage. */
  addPermissions(added: readonly Permission[]): void {
    this.#permissions = this.#withPermissions(added);
  }

  /** @throws BulkheadError `ERR_PERMISSIONS_REGISTRY_DUPLICATE`, `ERR_PERMISSIONS_REGISTRY_RULE` */
  addRules(added: readonly PermissionRule[]): void {
    this.#rules = this.#withRules(added);
  }

  /** @throws BulkheadError `ERR_PERMISSIONS_REGISTRY_DUPLICATE`, `ERR_PERMISSIONS_REGISTRY_RULE` */
  addResourceType(added: PermissionResourceType): void {
    const { resourceRef, permissions = [], rules = [] } = added;
    const { resourceType } = resourceRef;
    if (this.#resourceTypes.has(resourceType)) {
      throw alreadyRegistered(this.#pluginId, `resource type '${resourceType}'`);
    }
    this.#rules = this.#withRules(rules, resourceType);
    this.#permissions = this.#withPermissions(permissions);
    this.#resourceTypes = new Map(this.#resourceTypes).set(resourceType, added);
  }

  /** A kind of resource that was added. */
  findResourceType(resourceType: string): PermissionResourceType | undefined {
    return this.#resourceTypes.get(resourceType);
  }

  /** The rules for a kind of resource, whether or not that was added yet. */
  rulesFor(resourceType: string): ByName<RegisteredRule> {
    return this.#rules.get(resourceType) ?? new Map();
  }

  /** Plugins list the same thing once among all and once with its resource type, which is nothing to speak of. */
  #withPermissions(added: readonly Permission[]): ByName<Permission> {
    const permissions = new Map(this.#permissions);
    for (const permission of added) {
      const known = permissions.get(permission.name);
      if (known && !isDeepStrictEqual(known, permission)) {
        this.#logger?.warn(
          `Plugin '${this.#pluginId}' has two different permissions '${permission.name}': the later counts`,
        );
      }
      permissions.set(permission.name, permission);
    }
    return permissions;
  }

  #withRules(added: readonly PermissionRule[], expectedType?: string): ByName<ByName<RegisteredRule>> {
    const rules = new Map([...this.#rules].map(([type, known]) => [type, new Map(known)]));
    for (const rule of added) {
      const resourceType = resourceTypeOf(rule, expectedType);
      const ofType = rules.get(resourceType) ?? new Map<string, RegisteredRule>();
      const known = ofType.get(rule.name)?.rule;
      if (known && known !== rule) {
        throw alreadyRegistered(this.#pluginId, `permission rule '${rule.name}' for '${resourceType}'`);
      }
      const paramsSchema = new ParamsSchema(rule.name, rule.paramsSchema);
      rules.set(resourceType, ofType.set(rule.name, { rule, resourceType, paramsSchema }));
    }
    return rules;
  }
}

function resourceTypeOf({ name, resourceType }: PermissionRule, expected: string | undefined): string {
  const known = resourceType ?? expected;
  if (known === undefined) {
    throw unusableRule(
      name,
      'does not say what it is for',
      'Give it a resourceType, or add it with its resource type.',
    );
  }
  if (expected !== undefined && known !== expected) {
    throw unusableRule(
      name,
      `is for '${known}', but was added with '${expected}'`,
      'Add it with its own resource type, or by addPermissionRules.',
    );
  }
  return known;
}
