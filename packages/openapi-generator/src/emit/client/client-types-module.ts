import type { ContractModel } from '../../model/contract-model.ts';
import { GENERATED_NOTICE } from '../generated-notice.ts';
import { Imports } from '../imports.ts';
import { nameOperations } from '../operation-names.ts';
import { declareType } from '../source-text.ts';
import type { TypeWriter } from '../type-writer.ts';
import { requestType } from '../types/request-type.ts';
import { responseType } from '../types/response-type.ts';
import type { TypeContext } from '../types/type-context.ts';

/** The module with the types of what callers send and get. */
export function emitClientTypes(model: ContractModel, types: TypeWriter): string {
  const imports = new Imports(types.names);
  const context: TypeContext = { side: 'client', types, named: model.schemas, imports };
  const names = nameOperations(model, types.names);
  const operations = model.operations.map((operation) => {
    const { request, response } = names.get(operation)!;
    return `/** What \`${operation.operationId}\` takes. */
${declareType(request, requestType(operation, context))}

/** What \`${operation.operationId}\` answers, unless it fails. */
${declareType(response, responseType(operation, context))}
`;
  });
  return `${GENERATED_NOTICE}
${imports.toText()}

${types.declarations()}
${operations.join('\n')}`;
}
