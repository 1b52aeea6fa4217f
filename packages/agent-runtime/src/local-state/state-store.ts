import type { Connection } from '../connection/connection.ts';
import { parseConnection, renderConnection } from '../connection/connection-file.ts';
import { type PendingConnect, parsePendingConnect, renderPendingConnect } from '../connection/pending-connect.ts';
import { type HeartbeatRecord, parseHeartbeatRecord, renderHeartbeatRecord } from '../heartbeat/heartbeat-record.ts';
import { type IdentityCertificate, parseIdentityCertificate } from '../identity/identity-certificate.ts';
import { type IdentityKey, parseIdentityKey } from '../identity/identity-key.ts';
import { removeDurably, writeAtomically } from './atomic-file.ts';
import { readStateFile, type StateReading } from './state-file.ts';
import type { StatePaths } from './state-paths.ts';

export interface LoadedState {
  readonly key: IdentityKey | null;
  readonly pending: PendingConnect | null;
  readonly connection: Connection | null;
  readonly certificate: IdentityCertificate | null;
  readonly heartbeat: HeartbeatRecord | null;
}

/** The agent's state on disk. Every save is one atomic replacement; the order of saves is the caller's protocol. */
export interface StateStore {
  load(): LoadedState;
  saveKey(key: IdentityKey): void;
  savePending(pending: PendingConnect): void;
  removePending(): void;
  saveCertificate(certificate: IdentityCertificate): void;
  saveConnection(connection: Connection): void;
  saveHeartbeat(record: HeartbeatRecord): void;
  /** Leaves a machine that is not connected. */
  removeIdentity(): void;
}

/** It holds no secret, and `azcmagent show` is for everybody. */
const readableByAll = 0o644;

export const createStateStore = (paths: StatePaths, reading: StateReading): StateStore => ({
  load: () => load(paths, reading),
  saveKey: (key) => writeAtomically(paths.identityKey, key.exportPem()),
  savePending: (pending) => writeAtomically(paths.pendingConnect, renderPendingConnect(pending)),
  removePending: () => removeDurably(paths.pendingConnect),
  saveCertificate: (certificate) => writeAtomically(paths.identityCertificate, certificate.pem),
  saveConnection: (connection) => writeAtomically(paths.connection, renderConnection(connection), readableByAll),
  saveHeartbeat: (record) => writeAtomically(paths.heartbeat, renderHeartbeatRecord(record)),
  removeIdentity: () => {
    // The connection goes first: cut off after it the machine is not connected, and a repetition removes the rest.
    const files = [
      paths.connection,
      paths.pendingConnect,
      paths.identityKey,
      paths.identityCertificate,
      paths.heartbeat,
    ];
    for (const file of files) removeDurably(file);
  },
});

/** Records of another key than the one on disk are void: they were left by an interrupted connect or disconnect. */
const load = (paths: StatePaths, reading: StateReading): LoadedState => {
  const key = readStateFile(paths.identityKey, parseIdentityKey, reading);
  const connection = readStateFile(paths.connection, parseConnection, reading);
  const pending = connection === null ? readStateFile(paths.pendingConnect, parsePendingConnect, reading) : null;
  const heartbeat = readStateFile(paths.heartbeat, parseHeartbeatRecord, reading);
  const certificate =
    key === null
      ? null
      : readStateFile(paths.identityCertificate, (pem) => parseIdentityCertificate(pem, key), reading);
  return {
    key,
    connection,
    certificate,
    pending: pending?.keyId === key?.keyId ? pending : null,
    heartbeat: heartbeat?.keyId === key?.keyId ? heartbeat : null,
  };
};
