import { parseEndpoint } from '@holdfast/agent-runtime';
import { locationOf, parseGroupName, type Tags } from '@holdfast/arm';
import { isUuid, newUuid, parseUuid } from '@holdfast/kernel';
import { agentError } from '../agent-error.ts';
import type { CliWorld } from '../cli-world.ts';
import { readCaFile } from './ca-file.ts';
import { type Credential, parseCredential } from './credential.ts';
import type { OptionValues } from './option-values.ts';
import { parseTagList } from './parse-tags.ts';

/** A connect as asked for, with everything checked that can be checked without the control plane. */
export interface ConnectRequest {
  readonly endpoint: string;
  readonly caPem: string | null;
  readonly credential: Credential;
  /** Undefined when the access token is to tell. */
  readonly tenantId: string | undefined;
  readonly subscription: { readonly id: string } | { readonly displayName: string };
  readonly resourceGroup: string;
  readonly location: string;
  readonly resourceName: string;
  readonly tags: Tags;
  readonly correlationId: string;
  /** Undefined for the name the control plane gives itself. */
  readonly cloud: string | undefined;
  readonly ignoreNetworkCheck: boolean;
}

const required = ['subscription-id', 'resource-group', 'location'] as const;

/** @throws AZCM0016, AZCM0023 or AZCM0102, before anything was asked of anybody */
export const parseConnectRequest = (values: OptionValues, world: CliWorld): ConnectRequest => {
  const { env } = world;
  const endpoint = values.text('endpoint') ?? (env['HOLDFAST_ENDPOINT'] || undefined);
  const missing = [...required.filter((name) => values.text(name) === undefined), ...(endpoint ? [] : ['endpoint'])];
  if (missing.length > 0) throw agentError('AZCM0016', missing.map((name) => `--${name}`).join(', '));
  const credential = parseCredential(values, env);
  const caFile = values.text('ca-file') ?? (env['HOLDFAST_CA_FILE'] || undefined);
  return {
    endpoint: checkedEndpoint(endpoint ?? ''),
    caPem: caFile === undefined ? null : readCaFile(caFile),
    credential,
    tenantId: tenantOf(values, credential),
    subscription: subscriptionOf(values.text('subscription-id') ?? ''),
    resourceGroup: groupOf(values.text('resource-group') ?? ''),
    location: locationOf(values.text('location') ?? ''),
    resourceName: resourceNameOf(values.text('resource-name'), world.hostName),
    tags: parseTagList(values.text('tags') ?? ''),
    correlationId: guidOf(values, 'correlation-id') ?? newUuid(world.random),
    cloud: cloudOf(values.text('cloud')),
    ignoreNetworkCheck: values.on('ignore-network-check'),
  };
};

const checkedEndpoint = (raw: string): string => {
  const endpoint = parseEndpoint(raw);
  if (!endpoint.ok) throw agentError('AZCM0023', `--endpoint: ${endpoint.error}`);
  return endpoint.value;
};

const tenantOf = (values: OptionValues, credential: Credential): string | undefined => {
  const tenantId = guidOf(values, 'tenant-id');
  if (tenantId === undefined && credential.kind !== 'access-token') throw agentError('AZCM0016', '--tenant-id');
  return tenantId;
};

const subscriptionOf = (raw: string): ConnectRequest['subscription'] => {
  const id = parseUuid(raw);
  return id.ok ? { id: id.value } : { displayName: raw };
};

const groupOf = (raw: string): string => {
  const group = parseGroupName(raw);
  if (!group.ok) throw agentError('AZCM0023', `--resource-group: ${group.error.message}`);
  return group.value.text;
};

const namePattern = /^[\w.-]{1,54}$/;

const resourceNameOf = (given: string | undefined, hostName: string): string => {
  if (namePattern.test(given ?? hostName)) return given ?? hostName;
  const rule = "1 to 54 letters, digits, '-', '_' or '.'";
  if (given !== undefined) throw agentError('AZCM0023', `--resource-name: '${given}' is not ${rule}`);
  throw agentError('AZCM0102', hostName === '' ? 'there is no host name' : `'${hostName}' is not ${rule}`);
};

/** The names that onboarding scripts hard-code. */
const clouds = ['AzureCloud', 'AzureUSGovernment', 'AzureChinaCloud', 'Azure.Local'];

const cloudOf = (given: string | undefined): string | undefined => {
  if (given === undefined || clouds.includes(given)) return given;
  throw agentError('AZCM0023', `--cloud: '${given}' is not one of ${clouds.join(', ')}`);
};

/** A GUID option in lower case. */
export const guidOf = (values: OptionValues, name: string): string | undefined => {
  const raw = values.text(name);
  if (raw === undefined || isUuid(raw)) return raw?.toLowerCase();
  throw agentError('AZCM0023', `--${name}: '${raw}' is not a GUID`);
};
