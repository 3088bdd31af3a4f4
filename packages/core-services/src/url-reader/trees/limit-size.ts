import { treeTooLarge } from '../errors.ts';

/** How many bytes are left of how many. */
export interface SizeBudget {
  left: number;
  readonly maxSize: number;
}

/** The same chunks, as long as there is something left. @throws BadGatewayError `ERR_URL_READER_TOO_LARGE` */
export async function* limitSize(chunks: AsyncIterable<Buffer>, budget: SizeBudget): AsyncGenerator<Buffer, void> {
  for await (const chunk of chunks) {
    budget.left -= chunk.length;
    if (budget.left < 0) throw treeTooLarge(budget.maxSize);
    yield chunk;
  }
}
