import type { JsonObject, JsonValue } from '@bulkhead/types';
import type { Credentials } from './auth.ts';

/** Something that may or may not be allowed. */
export interface Permission {
  readonly type: 'basic' | 'resource';
  readonly name: string;
  readonly attributes: { readonly action?: 'create' | 'read' | 'update' | 'delete' };
  /** On `resource` permissions: the kind of resource. */
  readonly resourceType?: string;
}

/** A question: may the caller do this, to that? */
export interface PermissionRequest {
  readonly permission: Permission;
  readonly resourceRef?: string;
}

/** A plain answer. */
export interface DefinitiveDecision {
  readonly result: 'ALLOW' | 'DENY';
}

/** An answer that depends on the resource. */
export interface ConditionalDecision {
  readonly result: 'CONDITIONAL';
  readonly pluginId: string;
  readonly resourceType: string;
  readonly conditions: JsonObject;
}

/** Asks the permission policy. */
export interface PermissionsService {
  /** One answer per request, in order. */
  authorize(
    requests: readonly PermissionRequest[],
    options: { readonly credentials: Credentials },
  ): Promise<DefinitiveDecision[]>;
  /** As `authorize`, but answers may be conditions for the caller to apply. */
  authorizeConditional(
    requests: readonly PermissionRequest[],
    options: { readonly credentials: Credentials },
  ): Promise<(DefinitiveDecision | ConditionalDecision)[]>;
}

/** A test that a policy can apply to a kind of resource. */
export interface PermissionRule<TResource = unknown, TQuery = unknown> {
  readonly name: string;
  readonly description: string;
  readonly resourceType?: string;
  readonly paramsSchema?: unknown;
  apply(resource: TResource, params: JsonValue): boolean;
  toQuery(params: JsonValue): TQuery;
}

/** A kind of resource: its permissions, its rules, and how to load it. */
export interface PermissionResourceType {
  readonly resourceRef: { readonly pluginId: string; readonly resourceType: string };
  readonly permissions?: readonly Permission[];
  readonly rules: readonly PermissionRule[];
  getResources?(resourceRefs: string[]): Promise<unknown[]>;
}

/** What a plugin lets the policy decide about. Closed once the plugin has started. */
export interface PermissionsRegistryService {
  addPermissions(permissions: readonly Permission[]): void;
  addPermissionRules(rules: readonly PermissionRule[]): void;
  addResourceType(options: PermissionResourceType): void;
  /** The rules of a kind of resource. */
  getPermissionRuleset(resourceRef: { readonly pluginId: string; readonly resourceType: string }): {
    getRuleByName(name: string): PermissionRule;
  };
}
