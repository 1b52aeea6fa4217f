import { type Static, Type } from 'typebox';
import { operation } from '../operation.ts';
import { machineFacts } from './machine-facts.ts';

export const heartbeatBody = Type.Object({
  /** One more than the last acknowledged; a value already used by another beat shows that two copies are alive. */
  counter: Type.Integer({ minimum: 1 }),
  /** Names this beat: a repetition after a lost answer carries the same one. */
  beatId: Type.String({ format: 'uuid' }),
  /** Tells the copies of a cloned machine apart for the administrator; it proves nothing. */
  copy: Type.Object({
    hostName: Type.String({ maxLength: 255 }),
    bootId: Type.String({ maxLength: 64 }),
  }),
  agentVersion: Type.String({ maxLength: 64 }),
  /** SHA-256 of the facts, hexadecimal; the answer asks for them when it does not know that digest. */
  factsDigest: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  facts: Type.Optional(machineFacts),
});
export type Heartbeat = Static<typeof heartbeatBody>;

export interface HeartbeatAnswer {
  /** The counter the control plane holds; the next beat takes one more than the larger of the two. */
  readonly counter: number;
  readonly factsWanted: boolean;
  /** Since when two copies of this identity have been seen, RFC 3339. */
  readonly cloneSuspectedSince: string | null;
  readonly nextHeartbeatSeconds: number;
  /** The control plane's clock, RFC 3339. */
  readonly serverTime: string;
  /** The resource as it stands: an administrator may move or tag it while the machine is connected. */
  readonly machine: ConnectedMachine;
}

/** What a machine needs to know of its own resource. */
export interface ConnectedMachine {
  readonly resourceId: string;
  readonly location: string;
  readonly vmId: string;
  readonly tenantId: string;
  readonly principalId: string;
  readonly clientId: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface CertificateAnswer {
  readonly machine: ConnectedMachine;
  /** The identity certificate followed by its issuer, PEM. */
  readonly certificatePem: string;
  readonly notAfter: string;
}

export const machineTokenBody = Type.Object({ resource: Type.String({ minLength: 1, maxLength: 2048 }) });

export interface MachineTokenAnswer {
  readonly accessToken: string;
  /** Epoch seconds. */
  readonly expiresOn: number;
  readonly notBefore: number;
}

/** What a connected server asks of the control plane. The caller is the key that signed; no id is in the path. */
export const agentOperations = {
  Agent_IssueCertificate: operation({
    id: 'Agent_IssueCertificate',
    method: 'POST',
    path: '/agent/v1/certificate',
    access: 'machine',
    effect: 'write',
  }),
  Agent_Heartbeat: operation({
    id: 'Agent_Heartbeat',
    method: 'POST',
    path: '/agent/v1/heartbeat',
    access: 'machine',
    body: heartbeatBody,
    // Beats are committed together by the heartbeat batch, not each in a transaction of its own.
    effect: 'read',
  }),
  Agent_IssueToken: operation({
    id: 'Agent_IssueToken',
    method: 'POST',
    path: '/agent/v1/token',
    access: 'machine',
    body: machineTokenBody,
    effect: 'read',
  }),
} as const;
