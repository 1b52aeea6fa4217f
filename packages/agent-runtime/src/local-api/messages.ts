import type { MachineFacts } from '@holdfast/contracts';

/** Where a server is to be connected. `caPem` is trusted in addition to the system's roots. */
export interface ConnectTarget {
  /** The control plane's origin; https, or http on a loopback host. */
  readonly endpoint: string;
  readonly caPem: string | null;
  readonly tenantId: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly resourceName: string;
  readonly location: string;
  readonly cloud: string;
  readonly correlationId: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** What the machine resource is created with. The private key stays in himds. */
export interface PreparedIdentity {
  readonly vmId: string;
  /** Base64 of the SubjectPublicKeyInfo DER. */
  readonly clientPublicKey: string;
}

/**
 * - `NotConnected`: no identity.
 * - `Connecting`: an identity is prepared, the control plane has not confirmed it.
 * - `Connected`: heartbeats are accepted.
 * - `Disconnected`: none was accepted for longer than 15 minutes, or none ever.
 * - `Expired`: the control plane says that the identity certificate has run out.
 */
export type AgentState = 'NotConnected' | 'Connecting' | 'Connected' | 'Disconnected' | 'Expired';

/** Times are RFC 3339. */
export interface AgentStatus {
  readonly agentVersion: string;
  readonly state: AgentState;
  readonly target: ConnectTarget | null;
  readonly resourceId: string | null;
  readonly vmId: string | null;
  readonly principalId: string | null;
  readonly location: string | null;
  /** When the last one was accepted. */
  readonly lastHeartbeat: string | null;
  readonly nextHeartbeat: string | null;
  readonly certificateNotAfter: string | null;
  readonly cloneSuspectedSince: string | null;
  /** The last failure; cleared by success. */
  readonly error: { readonly code: string; readonly message: string; readonly at: string } | null;
  readonly metadataEndpoint: {
    readonly url: string;
    readonly state: 'listening' | 'unavailable';
    readonly detail: string | null;
  };
  /** How far this machine's clock is ahead of the control plane's; negative when it is behind. */
  readonly clockSkewSeconds: number | null;
  readonly facts: MachineFacts | null;
}

/** The body of every answer that is not 200. `resourceId` comes with `AlreadyConnected`. */
export interface LocalApiFailure {
  readonly code: string;
  readonly message: string;
  readonly resourceId?: string;
}

/** The calls, as method and path. */
export const localApiCalls = {
  status: 'GET /v1/status',
  prepare: 'POST /v1/connect/prepare',
  complete: 'POST /v1/connect/complete',
  disconnect: 'POST /v1/disconnect',
} as const;
