import type { ContentModel, ContractModel, HeaderModel, OperationModel, Schema } from '../../model/contract-model.ts';
import type { BodyPreparations } from '../bodies/bodies-module.ts';
import { byStatus, contentData, operationData } from '../operation-data.ts';
import { GENERATED_NOTICE } from '../generated-notice.ts';
import { code, literal } from '../source-text.ts';
import { bodySchema } from '../validators/form-schema.ts';
import { parametersSchema } from '../validators/parameters-schema.ts';
import type { ValidatorNames } from '../validators/validator-names.ts';
import type { Direction } from '../schema/direction.ts';

/** What `routes.ts` refers to in the other modules. */
export interface RoutesModuleOptions {
  readonly model: ContractModel;
  readonly validators: ValidatorNames;
  readonly bodies: BodyPreparations;
  /** The name of the type of the handlers. */
  readonly handlers: string;
}

/** The module with the operations as data, and with the function that makes routes of handlers. */
export function emitRoutes(options: RoutesModuleOptions): string {
  const { model, validators, bodies, handlers } = options;
  const { name, operations } = model;
  const emitter = new OperationEmitter(options);
  const table = operations.map((operation) => `${literal(emitter.operation(operation))},`).join('\n');
  return `${GENERATED_NOTICE}
import type { HttpRoutes } from '@bulkhead/backend-plugin-api';
import { createRoutes, type ServedOperation } from '@bulkhead/openapi/server';
${bodies.isEmpty ? '' : "import * as bodies from './bodies.ts';\n"}import type { ${handlers} } from './types.ts';
${validators.uses.length > 0 ? "import * as validators from './validators.ts';\n" : ''}
const operations: readonly ServedOperation[] = [
${table}
];

/**
 * The routes of the contract, for \`httpRouter.serve\`.
 *
 * @param handlers - serve the operations: one function for each of them, or an object with such methods
 */
export function create${name}Routes(handlers: ${handlers}): HttpRoutes {
  return createRoutes({ operations, document: async () => (await import('./document.ts')).document }, handlers);
}
`;
}

class OperationEmitter {
  readonly #model: ContractModel;
  readonly #validators: ValidatorNames;
  readonly #bodies: BodyPreparations;

  constructor({ model, validators, bodies }: RoutesModuleOptions) {
    this.#model = model;
    this.#validators = validators;
    this.#bodies = bodies;
  }

  operation(operation: OperationModel): unknown {
    const { operationId, access, allowsOtherQuery, body } = operation;
    return {
      ...operationData(operation),
      access,
      checkParameters: this.#check(`${operationId}Parameters`, parametersSchema(operation), 'request'),
      allowsOtherQuery: allowsOtherQuery || undefined,
      body: body && {
        required: body.required,
        contents: this.#contents(`${operationId}Body`, body.contents, 'request'),
      },
      responses: byStatus(operation, ({ key, contents }) => {
        const name = `${operationId}${key === 'default' ? 'Default' : key}`;
        const headers = operation.responses.get(key)?.headers ?? [];
        return {
          contents: this.#contents(name, contents, 'response'),
          checkHeaders: this.#check(`${name}Headers`, headersSchema(headers), 'response'),
        };
      }),
    };
  }

  #contents(name: string, contents: readonly ContentModel[], direction: Direction): readonly unknown[] {
    return contents.map((content, index) => {
      const use = index === 0 ? name : `${name}_${index + 1}`;
      const prepare = this.#bodies.use(use, content.schema, direction);
      return {
        ...contentData(content),
        prepare: prepare === undefined ? undefined : code(`bodies.${prepare}`),
        check: this.#check(use, bodySchema(content, this.#model.schemas), direction),
      };
    });
  }

  #check(name: string, schema: Schema | undefined, direction: Direction): unknown {
    const validator = this.#validators.use(name, schema, direction);
    return validator === undefined ? undefined : code(`validators.${validator}`);
  }
}

function headersSchema(headers: readonly HeaderModel[]): Schema | undefined {
  if (headers.length === 0) {
    return undefined;
  }
  const required = headers.filter((header) => header.required).map(({ name }) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(headers.map(({ name, schema }) => [name, schema])),
    ...(required.length > 0 && { required }),
  };
}
