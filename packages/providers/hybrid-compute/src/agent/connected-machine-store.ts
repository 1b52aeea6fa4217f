import type { MachineFacts } from '@holdfast/contracts';
import type { Uuid } from '@holdfast/kernel';
import type { CopyDescription, Machine } from '../machine/machine.ts';

export interface IssuedCertificate {
  readonly machineId: Uuid;
  readonly serialNumber: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** What the agent service keeps of connected machines. */
export interface ConnectedMachineStore {
  /** The machine whose identity key has this RFC 7638 thumbprint. */
  findByKeyId(keyId: string): Promise<KeyHolder | undefined>;
  find(machineId: Uuid): Promise<Machine | undefined>;
  recordCertificate(certificate: IssuedCertificate): Promise<void>;
}

export interface KeyHolder {
  readonly machineId: Uuid;
  readonly tenantId: Uuid;
  /** Base64 of the DER SubjectPublicKeyInfo. */
  readonly publicKey: string;
  readonly certificateNotAfter: Date | undefined;
}

/** One heartbeat as it is recorded. */
export interface Beat {
  readonly machineId: Uuid;
  readonly counter: number;
  readonly beatId: Uuid;
  readonly at: Date;
  readonly agentVersion: string;
  readonly copy: CopyDescription;
  readonly factsDigest: string;
  readonly facts: MachineFacts | undefined;
}

/**
 * What became of a beat. It is `accepted` when its counter is above the stored one, or repeats the stored beat;
 * else another copy used that counter and it is a `conflict`: recorded as a sign of life, and as a suspicion.
 */
export interface BeatOutcome {
  readonly machineId: Uuid;
  readonly verdict: 'accepted' | 'conflict';
  /** The counter now stored. */
  readonly counter: number;
  readonly cloneSuspectedSince: Date | undefined;
  /** The digest of the facts now stored. */
  readonly factsDigest: string | undefined;
  readonly machine: Pick<Machine, 'id' | 'tenantId' | 'location' | 'tags' | 'vmId' | 'identity'>;
}

export interface HeartbeatStore {
  /**
   * Records the beats in one durable transaction, at most one of each machine; a machine that does not exist has no
   * outcome. `silence` in milliseconds: a longer pause between beats starts a new `connectedSince`.
   */
  record(beats: readonly Beat[], silence: number): Promise<readonly BeatOutcome[]>;
}
