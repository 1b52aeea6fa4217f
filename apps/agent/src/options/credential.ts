import { isUuid } from '@holdfast/kernel';
import { agentError } from '../agent-error.ts';
import { type ClientCertificate, readClientCertificate } from './client-certificate.ts';
import type { OptionValues } from './option-values.ts';

/** What authorizes one connect or disconnect. It is kept in memory for that call only. */
export type Credential =
  | { readonly kind: 'secret'; readonly clientId: string; readonly secret: string }
  | { readonly kind: 'certificate'; readonly clientId: string; readonly certificate: ClientCertificate }
  | { readonly kind: 'access-token'; readonly token: string };

type Environment = Readonly<Record<string, string | undefined>>;

const secretVariable = 'AZCMAGENT_SERVICE_PRINCIPAL_SECRET';
const offered = '--service-principal-id with --service-principal-secret or --service-principal-cert, or --access-token';

/**
 * The one credential that was given. The secret's variable counts only where no other kind was asked for.
 * @throws AZCM0016 when there is none or half of one, AZCM0023 when there are two or the certificate is unusable
 */
export const parseCredential = (values: OptionValues, env: Environment): Credential => {
  const token = values.text('access-token');
  const certificate = values.text('service-principal-cert');
  const clientId = values.text('service-principal-id');
  const given = values.text('service-principal-secret');
  refuseTwo({ token, certificate, given, clientId });
  if (token !== undefined) return { kind: 'access-token', token };
  const secret = given ?? (certificate === undefined ? env[secretVariable] || undefined : undefined);
  if (clientId === undefined) throw agentError('AZCM0016', missingIdOf(given ?? certificate));
  if (!isUuid(clientId)) throw agentError('AZCM0023', `--service-principal-id: '${clientId}' is not a GUID`);
  if (certificate !== undefined)
    return { kind: 'certificate', clientId, certificate: readClientCertificate(certificate) };
  if (secret !== undefined) return { kind: 'secret', clientId, secret };
  throw agentError('AZCM0016', '--service-principal-secret or --service-principal-cert');
};

const missingIdOf = (secretOrCertificate: string | undefined): string =>
  secretOrCertificate === undefined ? `a credential: ${offered}` : '--service-principal-id';

const refuseTwo = (
  given: Readonly<Record<'token' | 'certificate' | 'given' | 'clientId', string | undefined>>,
): void => {
  const kinds = [given.token, given.certificate, given.given].filter((each) => each !== undefined);
  if (kinds.length > 1 || (given.token !== undefined && given.clientId !== undefined))
    throw agentError('AZCM0023', `give exactly one credential: ${offered}`);
};

/** What must never be printed, of everything that was given or set. */
export const secretsIn = (values: OptionValues, env: Environment): string[] =>
  [values.text('service-principal-secret'), values.text('access-token'), env[secretVariable]].flatMap((secret) =>
    secret ? [secret] : [],
  );
