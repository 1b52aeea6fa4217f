import { type AgentStatus, type ConnectTarget, type LocalApiClient, LocalApiError } from '@holdfast/agent-runtime';
import { machinePath } from '../cloud/machine-path.ts';

export const blankStatus: AgentStatus = {
  agentVersion: '0.1.0.0',
  state: 'NotConnected',
  target: null,
  resourceId: null,
  vmId: null,
  principalId: null,
  location: null,
  lastHeartbeat: null,
  nextHeartbeat: null,
  certificateNotAfter: null,
  cloneSuspectedSince: null,
  error: null,
  metadataEndpoint: { url: 'http://localhost:40342', state: 'listening', detail: null },
  clockSkewSeconds: null,
  facts: null,
};

export const stoppedHimds: LocalApiClient = (() => {
  const refuse = () =>
    Promise.reject(new LocalApiError(0, { code: 'HimdsUnreachable', message: 'himds does not answer (ENOENT)' }));
  return { status: refuse, prepare: refuse, complete: refuse, disconnect: refuse };
})();

export interface FakeHimds extends LocalApiClient {
  current: AgentStatus;
  /** Thrown by the next complete. */
  refusal: LocalApiError | undefined;
}

/** himds as the command line sees it: it keeps one identity for each resource until the reset. */
export const createFakeHimds = (initial: AgentStatus = blankStatus): FakeHimds => {
  let made = 0;
  const newVmId = (): string => {
    made += 1;
    return `00000000-0000-4000-8000-00000000000${made}`;
  };
  const himds: FakeHimds = {
    current: initial,
    refusal: undefined,
    status: async () => himds.current,
    prepare: async (target: ConnectTarget) => {
      const { target: pending } = himds.current;
      const kept = pending !== null && machinePath(pending) === machinePath(target) ? himds.current.vmId : null;
      const vmId = kept ?? newVmId();
      himds.current = { ...himds.current, state: 'Connecting', target, vmId };
      return { vmId, clientPublicKey: `key-of-${vmId}` };
    },
    complete: async (resourceId) => {
      if (himds.refusal !== undefined) throw himds.refusal;
      himds.current = { ...himds.current, state: 'Connected', resourceId };
      return himds.current;
    },
    disconnect: async () => {
      himds.current = blankStatus;
      return himds.current;
    },
  };
  return himds;
};
