import { defaultIntervalMs, type HeartbeatCounter, noHeartbeats } from '@holdfast/agent-core';
import { FieldError, type Fields, fieldsOf, numberIn, textIn, textOrNullIn, timeIn } from '../parsing/fields.ts';

/** What must outlive a crash of what was beaten and what was acknowledged. */
export interface HeartbeatRecord extends HeartbeatCounter {
  /** The identity that beats; a record of another one counts as none. */
  readonly keyId: string;
  readonly lastAccepted: Date | null;
  readonly intervalMs: number;
  /** Digest of the facts that the control plane holds. */
  readonly knownFacts: string | null;
}

export const firstHeartbeatRecord = (keyId: string): HeartbeatRecord => ({
  ...noHeartbeats,
  keyId,
  lastAccepted: null,
  intervalMs: defaultIntervalMs,
  knownFacts: null,
});

export const renderHeartbeatRecord = (record: HeartbeatRecord): string => `${JSON.stringify(record)}\n`;

/** @throws when the text is not a heartbeat record */
export const parseHeartbeatRecord = (text: string): HeartbeatRecord => {
  const fields = fieldsOf(JSON.parse(text), 'the heartbeat record');
  return {
    keyId: textIn(fields, 'keyId'),
    counter: countIn(fields),
    pending: fields.pending === null ? null : pendingIn(fieldsOf(fields.pending, "'pending'")),
    lastAccepted: fields.lastAccepted === null ? null : timeIn(fields, 'lastAccepted'),
    intervalMs: numberIn(fields, 'intervalMs'),
    knownFacts: textOrNullIn(fields, 'knownFacts'),
  };
};

const pendingIn = (fields: Fields) => ({ counter: countIn(fields), beatId: textIn(fields, 'beatId') });

const countIn = (fields: Fields): number => {
  const counter = numberIn(fields, 'counter');
  if (!Number.isSafeInteger(counter) || counter < 0) throw new FieldError("'counter' must be a whole number");
  return counter;
};
