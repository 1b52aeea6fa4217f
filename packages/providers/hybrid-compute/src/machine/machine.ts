import type { Location, ResourceId, Tags } from '@holdfast/arm';
import type { MachineFacts, Principal } from '@holdfast/contracts';
import type { Uuid } from '@holdfast/kernel';

export const namespace = 'Microsoft.HybridCompute';
export const resourceType = 'Microsoft.HybridCompute/machines';

/** A connected server as a resource. Its name, location and VM id never change; its key only with a new connect. */
export interface Machine {
  /** Ours alone; never on the wire. */
  readonly machineId: Uuid;
  readonly tenantId: Uuid;
  readonly id: ResourceId;
  readonly location: Location;
  readonly tags: Tags;
  readonly kind: string | undefined;
  readonly vmId: Uuid;
  readonly identity: SystemIdentity;
  /** Absent until a server has connected under this name. */
  readonly key: IdentityKey | undefined;
  readonly settings: MachineSettings;
  readonly systemData: SystemData;
  /** Counts changes made through the resource manager; beats and facts do not count. */
  readonly version: number;
  readonly liveness: Liveness;
  readonly facts: MachineFacts | undefined;
}

/** The machine's own principal in the directory. */
export interface SystemIdentity {
  readonly principalId: Uuid;
  readonly clientId: Uuid;
}

export interface IdentityKey {
  /** Base64 of the DER SubjectPublicKeyInfo. */
  readonly publicKey: string;
  /** RFC 7638 SHA-256 thumbprint, base64url. */
  readonly keyId: string;
}

export interface OsConfiguration {
  readonly patchSettings?:
    | {
        readonly assessmentMode?: string | undefined;
        readonly patchMode?: string | undefined;
        readonly enableHotpatching?: boolean | undefined;
      }
    | undefined;
}

/** What people set on a machine, as opposed to what the server reports of itself. */
export interface MachineSettings {
  readonly locationData?:
    | {
        readonly name: string;
        readonly city?: string | undefined;
        readonly district?: string | undefined;
        readonly countryOrRegion?: string | undefined;
      }
    | undefined;
  readonly osProfile?:
    | {
        readonly windowsConfiguration?: OsConfiguration | undefined;
        readonly linuxConfiguration?: OsConfiguration | undefined;
      }
    | undefined;
  readonly agentUpgrade?:
    | {
        readonly desiredVersion?: string | undefined;
        readonly correlationId?: string | undefined;
        readonly enableAutomaticUpgrade?: boolean | undefined;
      }
    | undefined;
  readonly parentClusterResourceId?: string | undefined;
  readonly privateLinkScopeResourceId?: string | undefined;
  readonly hardwareResourceId?: string | undefined;
  readonly identityKeyStore?: string | undefined;
  readonly tpmEkCertificate?: string | undefined;
}

export interface SystemData {
  readonly createdBy: string;
  readonly createdByType: Principal['kind'];
  readonly createdAt: Date;
  readonly lastModifiedBy: string;
  readonly lastModifiedByType: Principal['kind'];
  readonly lastModifiedAt: Date;
}

/** What the heartbeats say. */
export interface Liveness {
  readonly agentVersion: string | undefined;
  readonly lastHeartbeatAt: Date | undefined;
  /** The first beat after the last silence. */
  readonly connectedSince: Date | undefined;
  /** When the identity certificate last issued ends. */
  readonly certificateNotAfter: Date | undefined;
  readonly clone: CloneSuspicion | undefined;
}

/** Two copies of one identity were heard. Neither is refused: only an administrator can know which one is right. */
export interface CloneSuspicion {
  readonly since: Date;
  readonly lastSeenAt: Date;
  /** The copies as they describe themselves, the one whose beat conflicted last. */
  readonly copies: readonly [CopyDescription, CopyDescription];
}

export interface CopyDescription {
  readonly hostName: string;
  readonly bootId: string;
}
