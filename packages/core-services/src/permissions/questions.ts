import type {
  ConditionalDecision,
  DefinitiveDecision,
  Permission,
  PermissionRequest,
} from '@bulkhead/backend-plugin-api';

/** One question, as it is sent. With several resources it stands for as many. */
export interface Question {
  readonly id: string;
  readonly permission: Permission;
  readonly resourceRef?: string | readonly string[];
}

/** One answer, as it came. */
export type Answer = DefinitiveDecision | ConditionalDecision | { readonly result: readonly Definitive[] };

type Definitive = DefinitiveDecision['result'];

/** Questions, and how their answers are told apart. */
export interface Questions {
  readonly items: readonly Question[];
  /** The answer to each request, in order. @param answers - by the id of the question */
  sort(answers: ReadonlyMap<string, Answer>): (DefinitiveDecision | ConditionalDecision)[];
}

/** One question for each request. */
export function askEach(requests: readonly PermissionRequest[]): Questions {
  const items = requests.map((request, index) => ({ ...request, id: String(index) }));
  return {
    items,
    sort: (answers) => items.map(({ id }) => answers.get(id) as DefinitiveDecision | ConditionalDecision),
  };
}

/** One question for all requests that are about the same permission, each resource being named once. */
export function askTogether(requests: readonly PermissionRequest[]): Questions {
  const groups = new Map<string, { readonly question: Question; readonly refs: Map<string, number> }>();
  const places = requests.map(({ permission, resourceRef }) => {
    // Two copies of a permission are the same one.
    const key = `${resourceRef === undefined ? 'all' : 'some'} ${JSON.stringify(permission)}`;
    let group = groups.get(key);
    if (!group) {
      group = { question: { id: String(groups.size), permission }, refs: new Map() };
      groups.set(key, group);
    }
    if (resourceRef === undefined) {
      return { id: group.question.id, index: 0 };
    }
    const index = group.refs.get(resourceRef) ?? group.refs.size;
    group.refs.set(resourceRef, index);
    return { id: group.question.id, index };
  });
  return {
    items: [...groups.values()].map(({ question, refs }) =>
      refs.size === 0 ? question : { ...question, resourceRef: [...refs.keys()] },
    ),
    sort: (answers) =>
      places.map(({ id, index }) => {
        const { result } = answers.get(id)!;
        return { result: typeof result === 'string' ? (result as Definitive) : result[index]! };
      }),
  };
}
