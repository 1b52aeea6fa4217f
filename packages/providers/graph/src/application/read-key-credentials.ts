import { armError } from '@holdfast/arm';
import type { ApplicationPatch } from '@holdfast/contracts';
import { type ClientCertificate, readClientCertificate } from '@holdfast/directory';
import { parseUuid, type Random, type Uuid } from '@holdfast/kernel';

type KeyCredential = NonNullable<ApplicationPatch['keyCredentials']>[number];

export interface CertificateChange {
  readonly added: readonly ClientCertificate[];
  readonly removed: readonly Uuid[];
}

export interface CertificateSurroundings {
  readonly existing: readonly ClientCertificate[];
  readonly random: Random;
  readonly now: Date;
}

/** What a list of key credentials changes: an entry that is known by its `keyId` stays, a new one has a certificate. */
export const readKeyCredentials = (
  list: readonly KeyCredential[],
  surroundings: CertificateSurroundings,
): CertificateChange => {
  const known = new Set(surroundings.existing.map(({ id }) => id));
  const kept = new Set(list.flatMap((entry) => idOf(entry) ?? []).filter((id) => known.has(id)));
  const added = list.filter((entry) => !kept.has(idOf(entry) as Uuid)).map((entry) => read(entry, surroundings));
  if (new Set(added.map(({ id }) => id)).size < added.length) throw refuse('its keyId is given twice');
  return { added, removed: [...known].filter((id) => !kept.has(id)) };
};

const idOf = ({ keyId }: KeyCredential): Uuid | undefined => {
  const id = parseUuid(keyId);
  return id.ok ? id.value : undefined;
};

const refuse = (detail: string): Error =>
  armError('DirectoryBadRequest', { detail: `A key credential is invalid: ${detail}.` });

const read = (entry: KeyCredential, { random, now }: CertificateSurroundings): ClientCertificate => {
  const { key, type, usage, displayName } = entry;
  if (key === undefined || key === null)
    throw refuse("it has no 'key', and no certificate is registered with its 'keyId'");
  if (type !== undefined && type !== null && type !== 'AsymmetricX509Cert')
    throw refuse("its type must be 'AsymmetricX509Cert'");
  if (usage !== undefined && usage !== null && usage !== 'Verify') throw refuse("its usage must be 'Verify'");
  const certificate = readClientCertificate(bytesOf(key), random, displayName ?? undefined);
  if (!certificate.ok) throw refuse(certificate.error);
  return limited({ ...certificate.value, id: idOf(entry) ?? certificate.value.id }, entry, now);
};

/** az leaves the line breaks of the PEM in. */
const bytesOf = (key: string): Uint8Array => {
  const base64 = key.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw refuse("its 'key' is not base64");
  return Buffer.from(base64, 'base64');
};

/** A credential can count for less time than its certificate, never for longer. */
const limited = (certificate: ClientCertificate, entry: KeyCredential, now: Date): ClientCertificate => {
  const from = dateOf(entry.startDateTime) ?? certificate.startsAt;
  const to = dateOf(entry.endDateTime) ?? certificate.endsAt;
  const startsAt = from > certificate.startsAt ? from : certificate.startsAt;
  const endsAt = to < certificate.endsAt ? to : certificate.endsAt;
  if (endsAt <= startsAt) throw refuse('it ends before it starts');
  if (endsAt <= now) throw refuse('its end date is in the past');
  return { ...certificate, startsAt, endsAt };
};

const dateOf = (text: string | null | undefined): Date | undefined =>
  text === undefined || text === null ? undefined : new Date(text);
