import type { Problem, ProblemSource } from '@bulkhead/errors';
import type { ParameterModel } from '../model/contract-model.ts';
import { badParameter } from './problems.ts';

/**
 * Finds parameters of a query, or cookies, that would be written under one name. An object in the style `form` with
 * `explode` has no name of its own there: its properties stand beside the other parameters.
 */
export function findSharedNames(
  parameters: readonly ParameterModel[],
  sourceOf: (parameter: ParameterModel) => ProblemSource,
): readonly Problem[] {
  return (['query', 'cookies'] as const).flatMap((part) => {
    const owners = new Map<string, ParameterModel>();
    const inPart = parameters.filter((parameter) => parameter.part === part);
    const shared = inPart.flatMap((parameter) =>
      writtenNames(parameter).flatMap((name) => {
        const other = owners.get(name);
        owners.set(name, parameter);
        return other ? [sharedName(name, [other, parameter], sourceOf(parameter))] : [];
      }),
    );
    const [first, second] = inPart.filter(takesAnyName);
    return first && second ? [...shared, sharedRest([first, second], sourceOf(second))] : shared;
  });
}

/** The names under which a parameter is written. `deepObject` is told apart by its brackets. */
function writtenNames(parameter: ParameterModel): readonly string[] {
  const { name, style, shape } = parameter;
  if (style === 'deepObject') {
    return [];
  }
  return isSpread(parameter) && shape.type === 'object' ? Object.keys(shape.properties) : [name];
}

function isSpread({ style, explode, shape }: ParameterModel): boolean {
  return shape.type === 'object' && style !== 'deepObject' && explode;
}

function takesAnyName(parameter: ParameterModel): boolean {
  const { shape, part } = parameter;
  return part === 'query' && isSpread(parameter) && shape.type === 'object' && shape.additional !== undefined;
}

const HINT = "Rename one of them, or give the object 'style: deepObject' or 'explode: false'.";

function sharedName(
  name: string,
  [one, other]: readonly [ParameterModel, ParameterModel],
  source: ProblemSource,
): Problem {
  const message = `The parameters '${one.name}' and '${other.name}' are both written as '${name}', since an object with 'explode' is written by its properties`;
  return badParameter(message, HINT, source);
}

function sharedRest([one, other]: readonly [ParameterModel, ParameterModel], source: ProblemSource): Problem {
  const message = `The parameters '${one.name}' and '${other.name}' would both take all names that no other parameter has`;
  return badParameter(message, HINT, source);
}
