import type { HttpRoute, HttpRouteMatch, HttpRoutes } from '@bulkhead/backend-plugin-api';
import type { JsonObject, MaybePromise } from '@bulkhead/types';
import { missingHandler } from './errors.ts';
import { OperationRoute, type AnyHandler } from './operation-route.ts';
import { RouteTable } from './routing/route-table.ts';
import type { ServedContract } from './server-operation.ts';

/** Handlers by the names of their operations. What each one takes and gives, generated types say. */
export type Handlers<THandlers> = { readonly [TName in keyof THandlers]: (request: never) => unknown };

/**
 * The routes of a contract, for `httpRouter.serve`. Generated code calls this: `createTodoRoutes(handlers)`.
 *
 * @param handlers - one function per operation; methods of a class will do, they are called on their object
 * @throws BulkheadError `ERR_CONTRACT_MISSING_HANDLER`
 */
export function createRoutes<THandlers extends Handlers<THandlers>>(
  contract: ServedContract,
  handlers: THandlers,
): HttpRoutes {
  const table = new RouteTable();
  const byName = handlers as Readonly<Record<string, unknown>>;
  for (const operation of contract.operations) {
    const handler = byName[operation.operationId];
    if (typeof handler !== 'function') {
      throw missingHandler(operation.operationId);
    }
    const route: HttpRoute = new OperationRoute(operation, (handler as AnyHandler).bind(handlers));
    table.add(operation.method, operation.path, route);
  }
  return new ContractRoutes(contract, table);
}

class ContractRoutes implements HttpRoutes {
  readonly #contract: ServedContract;
  readonly #table: RouteTable;

  constructor(contract: ServedContract, table: RouteTable) {
    this.#contract = contract;
    this.#table = table;
  }

  find(method: string, path: string): HttpRouteMatch | undefined {
    return this.#table.find(method, path);
  }

  methodsAt(path: string): readonly string[] {
    return this.#table.methodsAt(path);
  }

  document(): MaybePromise<JsonObject> {
    return this.#contract.document();
  }
}
