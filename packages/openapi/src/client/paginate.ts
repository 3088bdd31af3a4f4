import type { Pagination } from '../contract/operation.ts';
import type { CallRequest } from './call.ts';
import { valueAt } from './json-pointer.ts';

/**
 * The items of all pages of a list, page by page as they are asked for.
 *
 * @param call - asks for one page and gives the body of the response
 * @param request - asks for the first page
 */
export async function* paginate(
  call: (request: CallRequest) => Promise<unknown>,
  request: CallRequest,
  { parameter, next, items }: Pagination,
): AsyncGenerator<unknown, void, undefined> {
  let pageRequest = request;
  for (;;) {
    const page = await call(pageRequest);
    const pageItems = valueAt(page, items);
    if (Array.isArray(pageItems)) {
      yield* pageItems as unknown[];
    }
    const cursor = valueAt(page, next);
    // A page that names itself as the next one would never end.
    if (cursor === undefined || cursor === null || cursor === '' || cursor === pageRequest.query?.[parameter]) {
      return;
    }
    pageRequest = { ...request, query: { ...request.query, [parameter]: cursor } };
  }
}
