/**
 * One suite per core service, for every implementation of it. Needs Jest.
 *
 * @packageDocumentation
 */

// Writing suites
export { subjectPerSuite, subjectPerTest, type ContractSubject, type CreateSubject } from './subject.ts';

// Suites
