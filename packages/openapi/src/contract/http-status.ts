/** The statuses of responses by their class. */
interface Statuses {
  readonly '1XX': 100 | 101 | 102 | 103;
  readonly '2XX': 200 | 201 | 202 | 203 | 204 | 205 | 206 | 207 | 208 | 226;
  readonly '3XX': 300 | 301 | 302 | 303 | 304 | 305 | 307 | 308;
  readonly '4XX':
    | (400 | 401 | 402 | 403 | 404 | 405 | 406 | 407 | 408 | 409 | 410 | 411 | 412 | 413 | 414 | 415 | 416 | 417 | 418)
    | (421 | 422 | 423 | 424 | 425 | 426 | 428 | 429 | 431 | 451);
  readonly '5XX': 500 | 501 | 502 | 503 | 504 | 505 | 506 | 507 | 508 | 510 | 511;
}

/**
 * The statuses that are registered for HTTP, of a class or all that a response can end with. They are literals, so that
 * those that a contract names can be told from the others.
 */
export type HttpStatus<TClass extends keyof Statuses = '2XX' | '3XX' | '4XX' | '5XX'> = Statuses[TClass];
