import { agentError } from '../../agent-error.ts';
import { readAccessToken } from '../../cloud/access-token.ts';
import type { CloudEndpoints } from '../../cloud/cloud-endpoints.ts';
import type { HttpClient } from '../../cloud/http.ts';
import { requestToken } from '../../cloud/token.ts';
import type { ConnectRequest } from '../../options/connect-request.ts';
import type { CommandContext } from '../command.ts';
import { retryNotice } from '../retry-notice.ts';

export interface SignIn {
  readonly http: HttpClient;
  readonly request: Pick<ConnectRequest, 'credential' | 'tenantId'>;
  readonly endpoints: CloudEndpoints;
  readonly context: CommandContext;
}

/**
 * A token for the resource manager, and whose it is: the tenant given, else the one the access token names.
 * @throws AZCM0012, AZCM0016, AZCM0026 or AZCM0041
 */
export const signIn = async ({ http, request, endpoints, context }: SignIn) => {
  const { world, report, signal } = context;
  const { credential } = request;
  const named =
    credential.kind === 'access-token' ? readAccessToken(credential.token, world.clock.now()).tenantId : undefined;
  const tenantId = request.tenantId ?? named;
  if (tenantId === undefined) throw agentError('AZCM0016', '--tenant-id: the access token does not name its tenant');
  const onRetry = retryNotice(report, 'Sign-in');
  const { clock, random } = world;
  const token = await requestToken({ http, endpoints, tenantId, credential, clock, random, signal, onRetry });
  return { token, tenantId };
};
