import type { Application, FederatedCredential } from '@holdfast/directory';
import { parseUuid } from '@holdfast/kernel';
import { notFound } from '../directory-object/require-object.ts';

/** By id, by name, or as `name='…'`. */
export const requireFederatedCredential = ({ federatedCredentials }: Application, key: string): FederatedCredential => {
  const id = parseUuid(key);
  const name = /^name='(.+)'$/i.exec(key)?.[1] ?? key;
  const found = federatedCredentials.find((each) => (id.ok && each.id === id.value) || each.name === name);
  if (found === undefined) throw notFound(key);
  return found;
};
