import { ArmError, armError, parseSubscriptionId } from '@holdfast/arm';
import { directoryErrorBody } from './directory/directory-error-body.ts';
import { isDirectoryPath } from './directory/directory-path.ts';
import { type Exchange, pathOf } from './exchange.ts';
import type { PipelineDependencies } from './ports.ts';
import { methodsAt } from './stages/find-operation.ts';

export interface Rendered {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** The one place where a throw becomes an answer. Only catalogued words leave; causes go to the log. */
export const renderError = async (
  thrown: unknown,
  exchange: Exchange,
  dependencies: PipelineDependencies,
): Promise<Rendered> => {
  const error = asArmError(thrown, exchange.correlationId);
  if (error.status >= 500)
    dependencies.log.error({ err: thrown, correlationId: exchange.correlationId }, 'request failed');
  const headers = await headersOf(error, exchange, dependencies);
  if (isDirectoryPath(exchange.request.url))
    return { status: error.status, body: directoryErrorBody(error, exchange), headers };
  const { code, message, target } = error;
  return {
    status: error.status,
    body: { error: { code, message, ...(target !== undefined && { target }) } },
    headers: { 'x-ms-failure-cause': 'gateway', ...headers },
  };
};

const asArmError = (thrown: unknown, correlationId: string): ArmError => {
  if (thrown instanceof ArmError) return thrown;
  return armError('InternalServerError', { correlationId }, { cause: thrown });
};

const headersOf = async (
  error: ArmError,
  exchange: Exchange,
  dependencies: PipelineDependencies,
): Promise<Record<string, string>> => {
  if (error.status === 429 || error.status === 503) return { 'retry-after': String(retryAfterSeconds(dependencies)) };
  if (error.entry === 'MethodNotAllowed')
    return { allow: methodsAt(dependencies.operations, pathOf(exchange.request)).join(', ') };
  const isMachine = exchange.operation?.access === 'machine';
  if (error.status === 401 && !isMachine) return { 'www-authenticate': await challenge(error, exchange, dependencies) };
  return {};
};

/** Between 5 and 15 seconds, so that refused clients do not come back together. */
const retryAfterSeconds = ({ random }: PipelineDependencies): number => 5 + ((random.bytes(1)[0] ?? 0) % 11);

/** Where to sign in; clients read the tenant out of `authorization_uri` (RFC 6750 section 3, ARM's parameters). */
const challenge = async (
  error: ArmError,
  exchange: Exchange,
  { loginOrigin, tenants }: PipelineDependencies,
): Promise<string> => {
  const subscription = /^\/subscriptions\/([^/]+)/i.exec(pathOf(exchange.request))?.[1];
  const id = subscription === undefined ? undefined : parseSubscriptionId(subscription);
  const tenant = id?.ok ? await tenants.tenantOf(id.value).catch(() => undefined) : undefined;
  const uri = tenant === undefined ? loginOrigin : `${loginOrigin}/${tenant}`;
  // A token's audience stands in the message as its client chose it; a quoted string takes printable ASCII only.
  const description = error.message.replaceAll('"', "'").replace(/[^\x20-\x5b\x5d-\x7e]/g, '?');
  return `Bearer authorization_uri="${uri}", error="invalid_token", error_description="${description}"`;
};
