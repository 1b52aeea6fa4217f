import { newUuid } from '@holdfast/kernel';
import { sameResource } from '../connection/parse-connect-target.ts';
import { generateIdentityKey, type IdentityKey } from '../identity/identity-key.ts';
import type { ConnectTarget, PreparedIdentity } from '../local-api/messages.ts';
import type { HimdsServices } from '../session/session-parts.ts';
import type { AgentMemory } from './agent-memory.ts';
import { alreadyConnected } from './already-connected.ts';

/**
 * Names the identity to create the resource with. It is stored before it is named, so that an interrupted connect is
 * repeated with the same one; another resource gets another identity.
 */
export const prepareIdentity = (services: HimdsServices, target: ConnectTarget): PreparedIdentity => {
  const { memory, store, log } = services;
  if (memory.connection !== null) throw alreadyConnected(memory.connection);
  const { key, vmId } = keptIdentity(memory, target) ?? makeIdentity(services);
  const pending = { target, vmId, keyId: key.keyId };
  store.savePending(pending);
  Object.assign(memory, { key, pending });
  log.info('an identity is prepared', { vmId, keyId: key.keyId, endpoint: target.endpoint });
  return { vmId, clientPublicKey: key.publicKey };
};

interface PreparedKey {
  readonly key: IdentityKey;
  readonly vmId: string;
}

const keptIdentity = ({ pending, key }: AgentMemory, target: ConnectTarget): PreparedKey | null =>
  pending !== null && key !== null && sameResource(pending.target, target) ? { key, vmId: pending.vmId } : null;

/** The key is stored before the record that names it: a record of a key that is not on disk would be void. */
const makeIdentity = ({ store, random }: HimdsServices): PreparedKey => {
  store.removeIdentity();
  const key = generateIdentityKey();
  store.saveKey(key);
  return { key, vmId: newUuid(random) };
};
