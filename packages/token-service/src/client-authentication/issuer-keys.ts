import { type Clock, createTimedCache, err, minutes, ok, type Result, seconds } from '@holdfast/kernel';
import { createLocalJWKSet, type JSONWebKeySet, type LocalJWKSet } from 'jose';
import type { Fetch } from '../federation/bounded-fetch.ts';

/** Which key signed, as the assertion's header says. */
export interface KeyName {
  readonly alg: string;
  readonly kid: string | undefined;
}

/** The published keys of foreign issuers. The caller says which issuers may be asked at all. */
export interface IssuerKeys {
  /** Undefined when no key fits, or several do. An error when the issuer cannot be asked. */
  find(issuer: string, name: KeyName): Promise<Result<CryptoKey | undefined, unknown>>;
}

export interface IssuerKeysOptions {
  /** Bounded: what it refuses is not asked. */
  readonly fetch: Fetch;
  readonly clock: Clock;
}

/** A key that an issuer withdraws counts no longer than this. */
const maxAgeMs = minutes(10);
/** After a failure, or for a key that is not known, the issuer is asked again no sooner than this, whoever asks. */
const retryAgeMs = seconds(30);

export const createIssuerKeys = ({ fetch, clock }: IssuerKeysOptions): IssuerKeys => {
  const cache = createTimedCache({ clock, capacity: 1_000, load: (issuer) => load(issuer, fetch) });
  return {
    find: async (issuer, name) => {
      const known = await cache.get(issuer, maxAgeMs);
      const key = known?.ok === true ? await pick(known.value, name) : undefined;
      if (key !== undefined) return ok(key);
      const fresh = await cache.get(issuer, retryAgeMs);
      if (fresh?.ok !== true) return err(fresh?.error);
      return ok(fresh === known ? undefined : await pick(fresh.value, name));
    },
  };
};

/** A failure is an answer too, so that it is kept for a while. */
const load = async (issuer: string, fetch: Fetch): Promise<Result<LocalJWKSet, unknown>> => {
  try {
    // OpenID Connect Discovery sections 4.1 and 4.3.
    const metadata = await getJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, fetch);
    if (metadata['issuer'] !== issuer) throw new Error(`the metadata of ${issuer} is of another issuer`);
    if (typeof metadata['jwks_uri'] !== 'string') throw new Error(`the metadata of ${issuer} names no keys`);
    const keys: unknown = await getJson(metadata['jwks_uri'], fetch);
    return ok(createLocalJWKSet(keys as JSONWebKeySet));
  } catch (error) {
    return err(error);
  }
};

const getJson = async (url: string, fetch: Fetch): Promise<Readonly<Record<string, unknown>>> => {
  const response = await fetch(url, { headers: { accept: 'application/json' } });
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
  const content: unknown = await response.json();
  if (typeof content !== 'object' || content === null) throw new Error(`${url} holds no object`);
  return content as Readonly<Record<string, unknown>>;
};

/** None, several, and one that cannot be read (whatever Web Crypto throws at it) are all the same: nothing to verify with. */
const pick = async (keys: LocalJWKSet, { alg, kid }: KeyName): Promise<CryptoKey | undefined> => {
  try {
    return await keys({ alg, ...(kid === undefined ? {} : { kid }) });
  } catch {
    return undefined;
  }
};
