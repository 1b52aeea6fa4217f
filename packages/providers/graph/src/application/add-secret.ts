import { armError } from '@holdfast/arm';
import type { Answer, DirectoryContext } from '@holdfast/contracts';
import { type Application, newClientSecret } from '@holdfast/directory';
import { addMs, days } from '@holdfast/kernel';
import type { GraphRequest } from '../graph-handler.ts';
import type { GraphDependencies } from '../stores.ts';
import { mostCredentials, tooMany } from './change-certificates.ts';
import { secretToWire } from './credential-wire.ts';

/** How long a secret lives that is asked for without an end, as in Entra. */
const usualLife = days(2 * 365);

export interface SecretRequest {
  readonly context: DirectoryContext;
  readonly body: GraphRequest<'Applications_AddPassword'>['body'];
}

/** Makes a secret. The answer is the only place it ever stands in. */
export const addSecret = async (
  { credentials, random }: GraphDependencies,
  application: Application,
  { context, body }: SecretRequest,
): Promise<Answer> => {
  const { tenantId, id: applicationId, secrets } = application;
  if (secrets.length >= mostCredentials) throw tooMany('passwords');
  const { startsAt, endsAt } = lifeOf(body, context.now);
  const displayName = body.passwordCredential?.displayName ?? `Made on ${context.now.toISOString().slice(0, 10)}`;
  const { secret, record } = newClientSecret({ now: startsAt, random, displayName, endsAt });
  await credentials.addSecret({ tenantId, applicationId }, record);
  return {
    status: 200,
    body: {
      '@odata.context': `${context.origin}/v1.0/$metadata#microsoft.graph.passwordCredential`,
      ...secretToWire(record),
      secretText: secret,
    },
  };
};

const lifeOf = ({ passwordCredential = {} }: SecretRequest['body'], now: Date): { startsAt: Date; endsAt: Date } => {
  const { startDateTime, endDateTime } = passwordCredential;
  const startsAt = startDateTime ? new Date(startDateTime) : now;
  const endsAt = endDateTime ? new Date(endDateTime) : addMs(startsAt, usualLife);
  if (endsAt > startsAt && endsAt > now) return { startsAt, endsAt };
  throw armError('DirectoryBadRequest', {
    detail: 'Password credential has an end date that is in the past or before its start date.',
  });
};
