import type { PlanCheck } from '@bulkhead/backend-runtime';
import { sectionOfHost } from '../errors.ts';

/** Top-level keys that belong to the host alone: the section of a plugin must not be one of them. */
const HOST_SECTIONS: readonly string[] = ['backend', 'discovery', 'topology'];

/** Refuses plugins under whose id the host's own section stands: such a plugin would be handed the host's secrets. */
export function createSectionCheck(): PlanCheck {
  return ({ plugins }) =>
    plugins.filter(({ pluginId }) => HOST_SECTIONS.includes(pluginId)).map(({ pluginId }) => sectionOfHost(pluginId));
}
