import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { MaybePromise } from '@bulkhead/types';

/** What a suite tests. Suites extend it by whatever they need to observe or steer the implementation. */
export interface ContractSubject<TService> {
  /** The implementation under test. */
  readonly service: TService;
  /** Undoes what making the subject did. */
  dispose?(): MaybePromise<void>;
}

/** Makes a subject; called inside of hooks, never while tests are being collected. */
export type CreateSubject<TSubject> = () => MaybePromise<TSubject>;

type Hook = typeof beforeEach;

function subjectIn<TSubject extends ContractSubject<unknown>>(
  create: CreateSubject<TSubject>,
  before: Hook,
  after: Hook,
): () => TSubject {
  let subject: TSubject | undefined;
  before(async () => {
    subject = await create();
  });
  after(async () => {
    await subject?.dispose?.();
    subject = undefined;
  });
  // The assertion holds in every test: before() has run, or has failed and taken the test with it.
  return () => subject!;
}

/** A new subject for each test of the enclosing `describe`. The usual choice: tests cannot disturb each other. */
export function subjectPerTest<TSubject extends ContractSubject<unknown>>(
  create: CreateSubject<TSubject>,
): () => TSubject {
  return subjectIn(create, beforeEach, afterEach);
}

/**
 * One subject for all tests of the enclosing `describe`. For implementations that are dear to make, such as those that
 * need a database; the tests then keep out of each other's way by using different keys.
 */
export function subjectPerSuite<TSubject extends ContractSubject<unknown>>(
  create: CreateSubject<TSubject>,
): () => TSubject {
  return subjectIn(create, beforeAll, afterAll);
}
