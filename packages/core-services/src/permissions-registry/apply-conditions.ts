import { badConditions, cannotLoadResources } from './errors.ts';
import { compileCriteria, type ResourceTest } from './permission-criteria.ts';
import type { RegisteredPermissions } from './registered-permissions.ts';

/** One answer; a list of them if the question was about a list of resources. */
export interface AppliedConditions {
  readonly id: string;
  readonly result: Decision | readonly Decision[];
}

type Decision = 'ALLOW' | 'DENY';

/** A question that is understood. */
interface Question {
  readonly id: string;
  readonly resourceType: string;
  readonly resourceRef: string | readonly string[];
  readonly test: ResourceTest;
}

type Resources = ReadonlyMap<string, unknown>;

/**
 * Applies conditions to resources, as `POST …/apply-conditions` asks: `{ items: [{ id, resourceType, resourceRef,
 * conditions }] }`. Resources of one kind are loaded together, each once. One that does not exist is denied.
 *
 * @throws InputError `ERR_PERMISSIONS_REGISTRY_REQUEST`; NotImplementedError `ERR_PERMISSIONS_REGISTRY_NO_RESOURCES`
 */
export async function applyConditions(body: unknown, registered: RegisteredPermissions): Promise<AppliedConditions[]> {
  const { items } = (body ?? {}) as { readonly items?: unknown };
  if (!Array.isArray(items)) throw badConditions('items', 'must be a list');
  const questions = await Promise.all(
    items.map((item: unknown, index) => readQuestion(item, `items[${index}]`, registered)),
  );
  const resources = await loadResources(questions, registered);
  return questions.map(({ id, resourceType, resourceRef, test }) => {
    const decide = (ref: string): Decision => {
      const resource = resources.get(resourceType)!.get(ref);
      // Not even `not` allows anything about what does not exist: the answer would tell that it does not.
      return resource !== undefined && resource !== null && test(resource) ? 'ALLOW' : 'DENY';
    };
    return { id, result: typeof resourceRef === 'string' ? decide(resourceRef) : resourceRef.map(decide) };
  });
}

async function readQuestion(item: unknown, place: string, registered: RegisteredPermissions): Promise<Question> {
  const { id, resourceType, resourceRef, conditions } = (item ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof id !== 'string') throw badConditions(`${place}.id`, 'must be a string');
  if (typeof resourceType !== 'string' || !registered.findResourceType(resourceType)) {
    throw badConditions(`${place}.resourceType`, 'must be a resource type of this plugin');
  }
  if (!isResourceRef(resourceRef)) {
    throw badConditions(`${place}.resourceRef`, 'must be a string, or a list of strings that is not empty');
  }
  const rules = registered.rulesFor(resourceType);
  const test = await compileCriteria(conditions, { place: `${place}.conditions`, resourceType, rules });
  return { id, resourceType, resourceRef, test };
}

function isResourceRef(ref: unknown): ref is string | readonly string[] {
  return Array.isArray(ref)
    ? ref.length > 0 && ref.every((element) => typeof element === 'string')
    : typeof ref === 'string';
}

async function loadResources(
  questions: readonly Question[],
  registered: RegisteredPermissions,
): Promise<ReadonlyMap<string, Resources>> {
  const refs = new Map<string, Set<string>>();
  for (const { resourceType, resourceRef } of questions) {
    const ofType = refs.get(resourceType) ?? new Set();
    refs.set(resourceType, ofType);
    for (const ref of [resourceRef].flat()) ofType.add(ref);
  }
  const loaded = [...refs].map(async ([resourceType, ofType]): Promise<[string, Resources]> => {
    return [resourceType, await loadResourcesOf(resourceType, [...ofType], registered)];
  });
  return new Map(await Promise.all(loaded));
}

async function loadResourcesOf(
  resourceType: string,
  refs: string[],
  registered: RegisteredPermissions,
): Promise<Resources> {
  const type = registered.findResourceType(resourceType);
  if (!type?.getResources) throw cannotLoadResources(resourceType);
  const resources = await type.getResources(refs);
  return new Map(refs.map((ref, index) => [ref, resources[index]]));
}
