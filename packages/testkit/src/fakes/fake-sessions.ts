import type { GuessStore, SessionStore } from '@holdfast/token-service';
import type { FakeState } from './fake-state.ts';
import { sameBytes } from './fake-table.ts';

export const fakeSessions = ({ sessions }: FakeState): SessionStore => ({
  insert: async (session) => sessions.insert(session),
  find: async (idSha256, now) =>
    sessions.find((session) => sameBytes(session.idSha256, idSha256) && session.expiresAt > now),
  delete: async (idSha256) => {
    sessions.remove((session) => sameBytes(session.idSha256, idSha256));
  },
  deleteOfUser: async (tenantId, userId) => {
    sessions.remove((session) => session.tenantId === tenantId && session.userId === userId);
  },
  deleteExpired: async (now) => sessions.remove((session) => session.expiresAt < now),
});

export const fakeGuesses = ({ guesses }: FakeState): GuessStore => ({
  count: async (keys, since) =>
    keys.map((key) => {
      const counter = guesses.get(key);
      return counter === undefined || counter.beganAt < since ? 0 : counter.guesses;
    }),
  add: async (keys, { now, since }) => {
    for (const key of new Set(keys)) {
      const counter = guesses.get(key);
      if (counter === undefined || counter.beganAt < since) guesses.set(key, { guesses: 1, beganAt: now });
      else counter.guesses += 1;
    }
  },
  clear: async (keys) => {
    for (const key of keys) guesses.delete(key);
  },
  deleteBefore: async (at) => {
    const old = [...guesses].filter(([, counter]) => counter.beganAt < at);
    for (const [key] of old) guesses.delete(key);
    return old.length;
  },
});
