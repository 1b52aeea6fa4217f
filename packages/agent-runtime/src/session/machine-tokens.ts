import { type ControlPlaneFailure, isFresh, isUsable, resourceKey } from '@holdfast/agent-core';
import type { MachineTokenAnswer } from '@holdfast/contracts';
import type { Result } from '@holdfast/kernel';
import type { ControlPlane, Reply } from '../control-plane/control-plane.ts';
import type { ServerClock } from '../control-plane/server-clock.ts';

/** Tokens of the machine's managed identity, kept for their life in memory. */
export interface MachineTokens {
  /** A kept token while it is fresh, else a new one; the kept one while no new one can be had. */
  get(resource: string): Reply<MachineTokenAnswer>;
  /** A new one in any case. */
  getNew(resource: string): Reply<MachineTokenAnswer>;
}

/** Any program that may read challenge files may name resources. */
const mostKept = 100;

export const createMachineTokens = (controlPlane: ControlPlane, serverClock: ServerClock): MachineTokens => {
  const kept = new Map<string, MachineTokenAnswer>();
  const underWay = new Map<string, Reply<MachineTokenAnswer>>();

  const issue = async (key: string): Reply<MachineTokenAnswer> => {
    const reply = await controlPlane.issueToken(key);
    if (reply.ok) {
      kept.delete(key);
      kept.set(key, reply.value);
      const [oldest] = kept.keys();
      if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    }
    return reply;
  };
  /** Callers that come while a token is being issued share it. */
  const issueOnce = (key: string): Reply<MachineTokenAnswer> => {
    const joined = underWay.get(key) ?? issue(key).finally(() => underWay.delete(key));
    underWay.set(key, joined);
    return joined;
  };

  return {
    getNew: (resource) => issueOnce(resourceKey(resource)),
    get: async (resource): Promise<Result<MachineTokenAnswer, ControlPlaneFailure>> => {
      const key = resourceKey(resource);
      const held = kept.get(key);
      if (held !== undefined && isFresh(lifetimeOf(held), serverClock.now())) return { ok: true, value: held };
      const reply = await issueOnce(key);
      const usable = held !== undefined && isUsable(lifetimeOf(held), serverClock.now());
      return !reply.ok && reply.error.kind === 'unreachable' && usable ? { ok: true, value: held } : reply;
    },
  };
};

const lifetimeOf = (token: MachineTokenAnswer) => ({
  notBefore: new Date(token.notBefore * 1000),
  expiresOn: new Date(token.expiresOn * 1000),
});
