import {
  type AgentStatus,
  type ConnectTarget,
  type LocalApiClient,
  LocalApiError,
  type PreparedIdentity,
} from '@holdfast/agent-runtime';
import { type Clock, minutes, seconds } from '@holdfast/kernel';
import { type AgentError, agentError } from '../agent-error.ts';
import type { CliWorld } from '../cli-world.ts';
import { refuseForeignSocket } from './refuse-foreign-socket.ts';

/** The local interface of himds, failing in the catalogue's words. */
export interface HimdsCalls {
  status(): Promise<AgentStatus>;
  prepare(target: ConnectTarget): Promise<PreparedIdentity>;
  /** @throws AZCM0081 with the control plane's words */
  complete(resourceId: string): Promise<AgentStatus>;
  disconnect(): Promise<void>;
}

/** How long each call may take. Completing waits for the control plane twice. */
const patience = { status: seconds(10), prepare: seconds(30), complete: minutes(3), disconnect: minutes(1) };

export const createHimdsCalls = ({ himds, clock, root }: CliWorld): HimdsCalls => {
  const call = async <T>(name: keyof typeof patience, start: (client: LocalApiClient) => Promise<T>): Promise<T> => {
    refuseForeignSocket(root);
    return within({ clock, limitMs: patience[name] }, start(himds)).catch((error: unknown) => {
      throw himdsFailure(error, name);
    });
  };
  return {
    status: () => call('status', (client) => client.status()),
    prepare: (target) => call('prepare', (client) => client.prepare(target)),
    complete: (resourceId) => call('complete', (client) => client.complete(resourceId)),
    disconnect: async () => {
      await call('disconnect', (client) => client.disconnect());
    },
  };
};

const within = async <T>({ clock, limitMs }: { clock: Clock; limitMs: number }, work: Promise<T>): Promise<T> => {
  const over = new AbortController();
  const late = clock.sleep(limitMs, over.signal).then(() => {
    throw agentError('AZCM0061', `it did not answer within ${limitMs / 1000} seconds`);
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    over.abort();
  }
};

const himdsFailure = (error: unknown, call: keyof typeof patience): unknown => {
  if (!(error instanceof LocalApiError)) return error;
  const { resourceId, message } = error;
  if (error.code === 'HimdsUnreachable') return agentError('AZCM0064', message, { cause: error });
  if (error.code === 'AlreadyConnected') return alreadyConnected(resourceId);
  return agentError(call === 'complete' ? 'AZCM0081' : 'AZCM0002', `${message} (${error.code})`, { cause: error });
};

export const alreadyConnected = (resourceId: string | undefined): AgentError =>
  agentError('AZCM0067', `as ${resourceId ?? 'another resource'}`, resourceId === undefined ? {} : { resourceId });
