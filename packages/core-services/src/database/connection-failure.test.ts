import { describe, expect, it } from '@jest/globals';
import { failureKind, failureReason, toConnectError, toQueryError } from './connection-failure.ts';

const purpose = { user: 'bulkhead', database: 'app', address: 'db:5432' };

function driverError(message: string, code?: string): Error {
  return Object.assign(new TypeError(message), code === undefined ? {} : { code });
}

describe('failureKind', () => {
  it.each([
    ['connection', driverError('connect ECONNREFUSED 127.0.0.1:1', 'ECONNREFUSED')],
    ['connection', driverError('sorry, too many clients already', '53300')],
    ['connection', driverError('the database system is starting up', '57P03')],
    ['connection', driverError('protocol violation', '08P01')],
    ['connection', driverError('Connection terminated unexpectedly')],
    ['connection', driverError('timeout expired')],
    ['connection', driverError('Client has encountered a connection error and is not queryable')],
    ['connection', Object.assign(new AggregateError([driverError('refused', 'ECONNREFUSED')]), { code: undefined })],
    ['authentication', driverError('password authentication failed for user "x"', '28P01')],
    ['authentication', driverError('no pg_hba.conf entry for host', '28000')],
    ['authentication', driverError('SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string')],
    ['unknown-database', driverError('database "x" does not exist', '3D000')],
    ['encryption', driverError('The server does not support SSL connections')],
    ['encryption', driverError('self-signed certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT')],
    ['encryption', driverError('unable to verify', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE')],
    ['disk-full', driverError('could not extend file', '53100')],
    ['statement', driverError('duplicate key', '23505')],
    ['statement', driverError('column "terminated" does not exist', '42703')],
    ['statement', driverError('anything else')],
    ['statement', undefined],
  ])('is %s for %s', (kind, error) => {
    expect(failureKind(error)).toBe(kind);
  });
});

describe('failureReason', () => {
  it('is one line for whoever knows the address', () => {
    expect(failureReason(driverError('timeout expired'))).toBe('no answer in time');
    expect(failureReason(new AggregateError([driverError('connect ECONNREFUSED ::1:1')]))).toBe(
      'connect ECONNREFUSED ::1:1',
    );
    expect(failureReason(driverError('', 'EPIPE'))).toBe('EPIPE');
  });
});

describe('toConnectError', () => {
  it.each([
    ['28P01', 'ERR_DATABASE_AUTHENTICATION'],
    ['3D000', 'ERR_DATABASE_NOT_FOUND'],
    ['CERT_HAS_EXPIRED', 'ERR_DATABASE_ENCRYPTION'],
    ['ECONNRESET', 'ERR_DATABASE_UNAVAILABLE'],
  ])('turns %s into %s', (code, expected) => {
    const cause = driverError('no', code);
    expect(toConnectError(cause, purpose)).toMatchObject({ code: expected, cause });
  });
});

describe('toQueryError', () => {
  it('leaves errors of the statement alone', () => {
    const error = driverError('duplicate key', '23505');
    expect(toQueryError(error)).toBe(error);
  });

  it('turns what concerns the server into answers for a client', () => {
    expect(toQueryError(driverError('no', '57P01'))).toMatchObject({
      statusCode: 503,
      code: 'ERR_DATABASE_UNAVAILABLE',
    });
    expect(toQueryError(driverError('no', '53100'))).toMatchObject({ statusCode: 503, code: 'ERR_DATABASE_DISK_FULL' });
  });
});
