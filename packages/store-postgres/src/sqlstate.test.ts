import { ArmError } from '@holdfast/arm';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { isUnavailable, translated, violatedUnique } from './sqlstate.ts';

const databaseError = (code: string, constraint?: string) =>
  Object.assign(new pg.DatabaseError('words', 5, 'error'), { code, constraint });
const systemError = (code: string) => Object.assign(new Error(`connect ${code}`), { code });

describe('errors of the database', () => {
  test.each([
    ['shutting down', databaseError('57P01')],
    ['crashed', databaseError('57P02')],
    ['starting up', databaseError('57P03')],
    ['statement timeout', databaseError('57014')],
    ['too many connections', databaseError('53300')],
    ['disk full', databaseError('53100')],
    ['deadlock', databaseError('40P01')],
    ['a standby in a failover', databaseError('25006')],
    ['connection failure', databaseError('08006')],
    ['nobody listens', systemError('ECONNREFUSED')],
    ['the socket is gone', systemError('ENOENT')],
    ['several addresses, none answers', new AggregateError([systemError('ECONNREFUSED')])],
    ['the connection broke', new Error('Connection terminated unexpectedly')],
    ['no connection in time', new Error('timeout exceeded when trying to connect')],
    ['no answer in time', new Error('Query read timeout')],
  ])('%s: try again later', (_what, error) => {
    const seen = translated(error);
    expect(seen).toBeInstanceOf(ArmError);
    expect(seen).toMatchObject({ entry: 'ServiceUnavailable', status: 503, cause: error });
  });

  test.each([
    ['a unique violation', databaseError('23505')],
    ['a syntax error', databaseError('42601')],
    ['a wrong password', databaseError('28P01')],
    ['a database that does not exist', databaseError('3D000')],
    ['an aborted transaction', databaseError('25P02')],
    ['an error of our own', new Error('unhandled case')],
    ['no error at all', 'words'],
  ])('%s stays what it is', (_what, error) => {
    expect(isUnavailable(error)).toBe(false);
    expect(translated(error)).toBe(error);
  });

  test('a unique violation names its constraint', () => {
    expect(violatedUnique(databaseError('23505', 'machine_key_id_key'))).toBe('machine_key_id_key');
    expect(violatedUnique(databaseError('23503', 'machine_group_fkey'))).toBeUndefined();
  });
});
