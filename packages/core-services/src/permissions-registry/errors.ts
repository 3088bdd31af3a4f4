import {
  BulkheadError,
  InputError,
  nearestName,
  NotAllowedError,
  NotFoundError,
  NotImplementedError,
} from '@bulkhead/errors';

// Registration

/** The plugin has started, and what it lets decide about is known to others. */
export function registryClosed(pluginId: string, what: string): BulkheadError {
  return new BulkheadError(
    'ERR_PERMISSIONS_REGISTRY_CLOSED',
    `Plugin '${pluginId}' has started, so it takes no further ${what}`,
    { hint: 'Add them in the init of the plugin or of one of its modules, and await there what they wait for.' },
  );
}

/** Something of that name is there, and it is not the same. */
export function alreadyRegistered(pluginId: string, what: string): BulkheadError {
  return new BulkheadError('ERR_PERMISSIONS_REGISTRY_DUPLICATE', `Plugin '${pluginId}' has another ${what} already`, {
    hint: 'Remove one of the two, or give it another name.',
  });
}

/** A rule that could not be applied. */
export function unusableRule(rule: string, fault: string, hint: string): BulkheadError {
  return new BulkheadError('ERR_PERMISSIONS_REGISTRY_RULE', `The permission rule '${rule}' ${fault}`, { hint });
}

/** A rule that nobody added. */
export function unknownRule(name: string, resourceType: string, known: readonly string[]): NotFoundError {
  const nearest = nearestName(name, known);
  return new NotFoundError(`There is no permission rule '${name}' for '${resourceType}'`, {
    code: 'ERR_PERMISSIONS_REGISTRY_UNKNOWN_RULE',
    hint: nearest ? `Did you mean '${nearest}'?` : 'Add it by addPermissionRules or addResourceType.',
  });
}

// Requests

/** The caller is known, but does not ask on behalf of the permission system. */
export function notForCaller(caller: string): NotAllowedError {
  return new NotAllowedError(`Conditions are applied for services, not for ${caller}`, {
    code: 'ERR_PERMISSIONS_REGISTRY_CALLER',
    hint: 'Ask as a service that is not restricted to certain permissions, or as a user through one.',
  });
}

/** A question about conditions that cannot be understood. */
export function badConditions(place: string, fault: string): InputError {
  return new InputError(`${place} ${fault}`, { code: 'ERR_PERMISSIONS_REGISTRY_REQUEST' });
}

/** The plugin does not say how resources of that kind are loaded. */
export function cannotLoadResources(resourceType: string): NotImplementedError {
  return new NotImplementedError(`This plugin cannot apply conditions to resources of type '${resourceType}'`, {
    code: 'ERR_PERMISSIONS_REGISTRY_NO_RESOURCES',
    hint: 'Give addResourceType a getResources function.',
  });
}

/** A promise, which would count as true. */
export function undecidedRule(rule: string): BulkheadError {
  return new BulkheadError(
    'ERR_PERMISSIONS_REGISTRY_ANSWER',
    `The permission rule '${rule}' answered with a promise, not with true or false`,
    { hint: 'Let apply return a boolean; what has to be awaited belongs into getResources.' },
  );
}
