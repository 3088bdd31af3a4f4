import type { ContractModel, OperationModel } from '../../model/contract-model.ts';
import { GENERATED_NOTICE } from '../generated-notice.ts';
import { Imports } from '../imports.ts';
import { byStatus, contentData, operationData } from '../operation-data.ts';
import { nameContract, nameOperations, type OperationNames } from '../operation-names.ts';
import { docComment, literal, propertyKey, type Remarks } from '../source-text.ts';
import type { TypeWriter } from '../type-writer.ts';
import { isRequestOptional } from '../types/request-type.ts';
import { resultType } from '../types/response-type.ts';
import type { TypeContext } from '../types/type-context.ts';

const RUNTIME = '@bulkhead/openapi/client';

/** The module with the client: its interface, and the operations as data, of which its class is made. */
export function emitClient(model: ContractModel, types: TypeWriter): string {
  const { operations } = model;
  const { client, responses: responsesType } = nameContract(model, types.names);
  const imports = new Imports(types.names);
  const emitter = new MethodEmitter(
    { side: 'client', types, named: model.schemas, imports },
    nameOperations(model, types.names),
  );
  const methods = operations.map((operation) => emitter.methods(operation)).join('\n\n');
  const responses = operations.map((operation) => emitter.responseMethod(operation)).join('\n\n');
  const table = operations.map((operation) => `${literal(calledOperation(operation))},`).join('\n');
  const create = imports.use(RUNTIME, 'createClientClass', 'value');
  const clientClass = imports.use(RUNTIME, 'ClientClass');
  const called = imports.use(RUNTIME, 'CalledOperation');
  return `${GENERATED_NOTICE}
${imports.toText()}
import type {
  ${[...emitter.usedTypes].sort().join(', ')}
} from './types.ts';

/** The operations of the contract, each of them giving its response with status and headers. */
export interface ${responsesType} {
${responses}
}

/** Calls the operations of the contract. */
export interface ${client} {
/** The same operations, giving responses with status and headers in place of bodies. */
readonly responses: ${responsesType};

${methods}
}

const operations: readonly ${called}[] = [
${table}
];

/** Makes clients: \`new ${client}(connection)\`. */
export const ${client}: ${clientClass}<${client}> = ${create}<${client}>('${client}', operations);
`;
}

function calledOperation(operation: OperationModel): unknown {
  const { access, body, pagination } = operation;
  return {
    ...operationData(operation),
    isPublic: access.credentials === 'required' ? undefined : true,
    body: body && { required: body.required, contents: body.contents.map(contentData) },
    responses: byStatus(operation, ({ contents }) => contents.map(contentData)),
    pagination: pagination && { parameter: pagination.parameter, next: pagination.next, items: pagination.items },
  };
}

/** A method of the client, which is called after its operation unless it has a name of its own. */
interface Method {
  readonly name?: string;
  readonly remarks?: Remarks;
  readonly result: string;
}

class MethodEmitter {
  /** What the module needs of `types.ts`. */
  readonly usedTypes = new Set<string>();
  readonly #context: TypeContext;
  readonly #names: ReadonlyMap<OperationModel, OperationNames>;

  constructor(context: TypeContext, names: ReadonlyMap<OperationModel, OperationNames>) {
    this.#context = context;
    this.#names = names;
  }

  /** The method of an operation, and the one that goes through its pages. */
  methods(operation: OperationModel): string {
    const { imports } = this.#context;
    const result = this.#named(resultType(operation, this.#context));
    const methods = [this.#method(operation, { result: `${imports.global('Promise')}<${result}>` })];
    const { paginate } = this.#names.get(operation)!;
    if (paginate !== undefined && operation.pagination) {
      const item = this.#named(this.#context.types.expression(operation.pagination.itemSchema, 'response'));
      const summary = `The items of all pages of \`${operation.operationId}\`, asked for as they are taken.`;
      const items = `${imports.global('AsyncIterableIterator')}<${item}>`;
      const remarks = { summary, deprecated: operation.deprecated };
      methods.push(this.#method(operation, { name: paginate, remarks, result: items }));
    }
    return methods.join('\n\n');
  }

  /** The method that gives the whole response. */
  responseMethod(operation: OperationModel): string {
    const { response } = this.#names.get(operation)!;
    this.usedTypes.add(response);
    return this.#method(operation, { result: `${this.#context.imports.global('Promise')}<${response}>` });
  }

  #method(operation: OperationModel, { name, remarks = operation, result }: Method): string {
    const { request } = this.#names.get(operation)!;
    this.usedTypes.add(request);
    const options = this.#context.imports.use(RUNTIME, 'CallOptions');
    const optional = isRequestOptional(operation) ? '?' : '';
    const key = propertyKey(name ?? operation.operationId);
    return `${docComment(remarks)}${key}(request${optional}: ${request}, options?: ${options}): ${result};`;
  }

  /** Notes the named types in an expression, and what else it needs. */
  #named(expression: string): string {
    for (const [name] of expression.matchAll(/(?<![\w.'"`])[A-Z]\w*/gu)) {
      if (this.#context.types.names.has(name)) {
        this.usedTypes.add(name);
      }
    }
    return expression;
  }
}
