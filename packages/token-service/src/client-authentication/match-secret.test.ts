import { newClientSecret } from '@holdfast/directory';
import { addMs, days } from '@holdfast/kernel';
import { expect, test } from 'vitest';
import { random } from '../../test/test-directory.ts';
import { matchSecret } from './match-secret.ts';

const now = new Date('2026-11-23T12:00:00Z');
const make = (from: number, to: number) => {
  const { secret, record } = newClientSecret({ now, random, displayName: 'x', endsAt: addMs(now, days(to)) });
  return { secret, record: { ...record, startsAt: addMs(now, days(from)) } };
};
const [old, live, later, other] = [make(-2, -1), make(-1, 1), make(1, 2), make(-1, 1)];
const records = [old, live, later, other].map(({ record }) => record);

test.each([
  ['a live secret', live.secret, 'live'],
  ['another live secret beside it', other.secret, 'live'],
  ['one that has ended', old.secret, 'expired'],
  ['one that has not begun', later.secret, 'none'],
  ['a wrong one', 'wrong', 'none'],
  ['the hash of one, as the database has it', Buffer.from(live.record.sha256).toString('latin1'), 'none'],
  ['the hint of one', live.record.hint, 'none'],
  ['the beginning of one', live.secret.slice(0, -1), 'none'],
  ['one with a blank', `${live.secret} `, 'none'],
  ['nothing', '', 'none'],
])('%s is told apart', (_, presented, kind) => {
  expect(matchSecret(presented, records, now).kind).toBe(kind);
});

test.each([
  ['the first matches', old.secret],
  ['the last matches', other.secret],
  ['none matches', 'wrong'],
])('every secret is compared, also when %s', (_, presented) => {
  const compared: string[] = [];
  const watched = records.map((record) => ({
    ...record,
    get sha256() {
      compared.push(record.id);
      return record.sha256;
    },
  }));
  matchSecret(presented, watched, now);
  expect(new Set(compared)).toEqual(new Set(records.map(({ id }) => id)));
});

test('a record that is no SHA-256 matches nothing and throws nothing', () => {
  for (const sha256 of [new Uint8Array(), new Uint8Array(31), new Uint8Array(33)])
    expect(matchSecret('x', [{ ...live.record, sha256 }], now).kind).toBe('none');
});
