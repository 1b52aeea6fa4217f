import { type AgentError, type AgentErrorOptions, agentError } from '../agent-error.ts';
import type { AgentErrorCode } from '../agent-errors.ts';
import type { Credential } from '../options/credential.ts';
import { ArmFailure } from './arm.ts';
import { explainNetworkFailure } from './network-failure.ts';

export interface ArmPurpose {
  /** The code for a refusal that has none of its own. */
  readonly otherwise: 'AZCM0042' | 'AZCM0043';
  readonly credential: Credential['kind'];
  readonly origin: string;
}

/** Codes of the resource manager that mean one thing to the user, whatever the status. */
const byCode: Readonly<Record<string, AgentErrorCode>> = {
  LocationNotAvailableForResourceType: 'AZCM0020',
  LocationNotAvailableForResourceGroup: 'AZCM0020',
  InvalidResourceLocation: 'AZCM0044',
  Conflict: 'AZCM0044',
  InvalidHost: 'AZCM0026',
  InvalidResourceName: 'AZCM0023',
  InvalidTag: 'AZCM0023',
};

/** The resource manager's failure in the agent's terms, with the resource manager's words. */
export const armAgentError = async (cause: unknown, purpose: ArmPurpose): Promise<AgentError> => {
  if (!(cause instanceof ArmFailure))
    return agentError('AZCM0026', await explainNetworkFailure(cause, purpose.origin), { cause });
  const words = `${cause.message} (${cause.code})`;
  return agentError(codeFor(cause, purpose), words, { cause, ...actionFor(cause) });
};

const codeFor = ({ status, code }: ArmFailure, { otherwise, credential }: ArmPurpose): AgentErrorCode => {
  if (status === 401) return credential === 'access-token' ? 'AZCM0012' : 'AZCM0041';
  return byCode[code] ?? otherwise;
};

/** The catalogue advises about roles, which only a 403 is about. */
const actionFor = ({ status, code }: ArmFailure): Pick<AgentErrorOptions, 'action'> => {
  if (status === 403 || status === 401 || code in byCode) return {};
  if (status >= 500 || status === 429) return { action: 'Run the same command again later.' };
  return { action: 'Correct what the message names and run the command again.' };
};
