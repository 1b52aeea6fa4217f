import { type Clock, msBetween, seconds } from '@holdfast/kernel';
import { AgentError } from '../../agent-error.ts';
import { assumedCloudEndpoints, type CloudEndpoints, findCloudEndpoints } from '../../cloud/cloud-endpoints.ts';
import type { HttpClient } from '../../cloud/http.ts';
import type { ConnectRequest } from '../../options/connect-request.ts';
import type { Report } from '../../output/report.ts';

export interface ConnectivityCheck {
  readonly http: HttpClient;
  readonly request: ConnectRequest;
  readonly report: Report;
  readonly clock: Clock;
}

/** Beyond this a wrong clock is worth a word: signatures stop working at 300 s. */
const tolerableSkewMs = seconds(120);

/**
 * The control plane's parts, when it can be reached as it should.
 * @throws AZCM0026, unless the user asked to go on without the check
 */
export const checkConnectivity = async (check: ConnectivityCheck): Promise<CloudEndpoints> => {
  const { http, request, report, clock } = check;
  const endpoints = await findCloudEndpoints({ http, endpoint: request.endpoint }).catch((error: unknown) => {
    if (!request.ignoreNetworkCheck || !(error instanceof AgentError)) throw error;
    report.warning(`${error.message}. Going on because of --ignore-network-check`);
    return assumedCloudEndpoints(request.endpoint);
  });
  warnOfSkew(endpoints.serverTime, clock.now(), report);
  return endpoints;
};

const warnOfSkew = (serverTime: Date | undefined, now: Date, report: Report): void => {
  const aheadMs = serverTime === undefined ? 0 : msBetween(serverTime, now);
  if (Math.abs(aheadMs) <= tolerableSkewMs) return;
  const direction = aheadMs > 0 ? 'ahead of' : 'behind';
  report.warning(
    `The clock of this machine is ${Math.round(Math.abs(aheadMs) / 1000)} s ${direction} the control plane's: correct it`,
  );
};
