import type { Uuid } from '@holdfast/kernel';
import type { AuthorizationRequest } from '../dialect/authorization-request.ts';
import type { PendingSignIn } from '../federation/federation.ts';
import type { AuthenticationMethod } from './session-store.ts';

/**
 * A sign-in on its way through the pages. It travels in them, sealed, so that any replica can go on with it; what has been
 * proven or decided on a page stands in it and nowhere else.
 */
export interface Interaction {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly correlationId: Uuid;
  /** The tenant segment that it began at. */
  readonly authority: string;
  readonly purpose: Purpose;
  readonly person?: ProvenPerson;
  /** What the person decided on pages: which account, that the device is theirs, and what the program may do. */
  readonly settled: readonly ('account' | 'device' | 'consent')[];
  /** The person asked for another account than the browser's. */
  readonly otherAccount?: boolean;
  /** The secret that an authenticator is being given, in base32. */
  readonly enrolment?: string;
  /** On the way to another provider. */
  readonly external?: { readonly tenantId: Uuid; readonly pending: PendingSignIn };
}

export type Purpose =
  | { readonly kind: 'authorize'; readonly request: AuthorizationRequest }
  | { readonly kind: 'device'; readonly userCodeSha256: string };

/** Who has proven to be there, and how; `sid` when a session of the browser said so. */
export interface ProvenPerson {
  readonly tenantId: Uuid;
  readonly userId: Uuid;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly methods: readonly AuthenticationMethod[];
  readonly sid?: Uuid;
}

export const withMethods = (
  person: ProvenPerson,
  methods: readonly AuthenticationMethod[],
  now: Date,
): ProvenPerson => {
  const { sid: _old, ...rest } = person;
  return { ...rest, at: now.getTime(), methods: [...new Set([...person.methods, ...methods])] };
};
