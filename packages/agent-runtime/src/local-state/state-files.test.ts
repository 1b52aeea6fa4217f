import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseConnection, renderConnection } from '../connection/connection-file.ts';
import { parsePendingConnect } from '../connection/pending-connect.ts';
import { parseHeartbeatRecord, renderHeartbeatRecord } from '../heartbeat/heartbeat-record.ts';
import { createLog } from '../log/log.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { removeDurably, writeAtomically } from './atomic-file.ts';
import { readStateFile } from './state-file.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'state-'));
  path = join(folder, 'x.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('an atomic write', () => {
  test('replaces content and mode, also over the draft of a crash', () => {
    writeFileSync(`${path}.new`, 'half', { mode: 0o644 });
    writeAtomically(path, 'one');
    writeAtomically(path, 'two', 0o600);
    expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['two', 0o600]);
    expect(readdirSync(folder)).toEqual(['x.json']);
    removeDurably(path);
    removeDurably(path);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('that fails leaves what was there', () => {
    writeAtomically(path, 'one');
    mkdirSync(`${path}.new`);
    expect(() => writeAtomically(path, 'two')).toThrow();
    expect(readFileSync(path, 'utf8')).toBe('one');
  });
});

describe('reading state', () => {
  const read = () => {
    const notices: string[] = [];
    const clock = createManualClock(new Date('2026-11-23T07:00:00Z'));
    const reading = { clock, log: createLog(clock, []), onUnreadable: (notice: string) => notices.push(notice) };
    const value = readStateFile(path, (text) => JSON.parse(text).value as string | undefined, reading);
    return { value, notices };
  };

  test('finds nothing, a value, or something to set aside', () => {
    expect(read()).toEqual({ value: null, notices: [] });
    writeFileSync(path, '{"value":"x"}');
    expect(read().value).toBe('x');
    writeFileSync(path, '{}');
    const { value, notices } = read();
    expect([value, notices]).toEqual([null, [expect.stringContaining('set aside')]]);
    expect(readdirSync(folder)).toEqual(['x.json.unreadable-20261123T070000000Z']);
  });

  test('that the system refuses is an error, not an absence', () => {
    mkdirSync(path);
    expect(read).toThrow('EISDIR');
  });
});

describe('state files', () => {
  const text = fc.string();
  const tags = fc.dictionary(text, text);
  const time = fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') });
  const target = fc.record({
    endpoint: fc.constantFrom('https://control.example', 'http://localhost:8443'),
    caPem: fc.option(text),
    tenantId: text,
    subscriptionId: text,
    resourceGroup: text,
    resourceName: text,
    location: text,
    cloud: text,
    correlationId: text,
    tags,
  });

  test('give back what was written', () => {
    const identity = { resourceId: text, vmId: text, principalId: text, clientId: text, connectedAt: time };
    const count = fc.nat();
    const record = fc.record({
      keyId: text,
      counter: count,
      pending: fc.option(fc.record({ counter: count, beatId: text })),
      lastAccepted: fc.option(time),
      intervalMs: fc.nat(),
      knownFacts: fc.option(text),
    });
    fc.assert(
      fc.property(fc.record({ target, ...identity }), record, (connection, beats) => {
        expect(parseConnection(renderConnection(connection))).toEqual(connection);
        expect(parseHeartbeatRecord(renderHeartbeatRecord(beats))).toEqual(beats);
      }),
    );
  });

  test('of any other content are refused by a throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (content) => {
        for (const parse of [parseConnection, parsePendingConnect, parseHeartbeatRecord])
          expect(() => parse(content)).toThrow();
      }),
    );
  });
});
