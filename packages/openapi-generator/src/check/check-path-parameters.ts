import type { ParameterModel } from '../model/contract-model.ts';
import type { ContractReader } from '../model/contract-reader.ts';
import { nearestName } from '@bulkhead/errors';
import { parametersOf } from './path-template.ts';
import { pathParameterMismatch } from './problems.ts';

/** Checks that the parameters between braces are those that are declared to stand in the path. */
export function checkPathParameters(
  path: string,
  parameters: readonly ParameterModel[],
  { source, reader }: { readonly source: unknown; readonly reader: ContractReader },
): void {
  const inPath = parametersOf(path);
  const declared = parameters.filter(({ part }) => part === 'path').map(({ name }) => name);
  for (const name of inPath.filter((each) => each !== '' && !declared.includes(each))) {
    const nearest = nearestName(
      name,
      declared.filter((each) => !inPath.includes(each)),
    );
    const hint = nearest
      ? `Did you mean '${nearest}', which is declared?`
      : `Add 'parameters: [{ name: ${name}, in: path, required: true, schema: { type: string } }]' to the path.`;
    reader.problems.push(
      pathParameterMismatch(
        `The parameter '${name}' of the path '${path}' is not declared`,
        hint,
        reader.places.of(source),
      ),
    );
  }
  for (const name of declared.filter((each) => !inPath.includes(each))) {
    const message = `The path parameter '${name}' is declared, but is not in the path '${path}'`;
    reader.problems.push(
      pathParameterMismatch(
        message,
        `Write '{${name}}' in the path, or remove the parameter.`,
        reader.places.of(source),
      ),
    );
  }
}
