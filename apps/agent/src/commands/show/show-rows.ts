import type { AgentState } from '@holdfast/agent-runtime';
import type { ShowView } from './show-view.ts';

export interface ShowRow {
  readonly name: string;
  /** The key with --json. */
  readonly key: string;
  value(view: ShowView): string;
  /** What a person should know beside the value. */
  hint?(view: ShowView): string;
}

/** In the order in which the product's users know them; what has no meaning here is left out. */
export const showRows: readonly ShowRow[] = [
  { name: 'Resource Name', key: 'resourceName', value: ({ status }) => status.target?.resourceName ?? '' },
  { name: 'Resource Group Name', key: 'resourceGroup', value: ({ status }) => status.target?.resourceGroup ?? '' },
  {
    name: 'Resource Namespace',
    key: 'resourceNamespace',
    value: ({ status }) => (status.target === null ? '' : 'Microsoft.HybridCompute'),
  },
  { name: 'Resource Id', key: 'resourceId', value: ({ status }) => status.resourceId ?? '' },
  { name: 'Subscription ID', key: 'subscriptionId', value: ({ status }) => status.target?.subscriptionId ?? '' },
  { name: 'Tenant ID', key: 'tenantId', value: ({ status }) => status.target?.tenantId ?? '' },
  { name: 'VM ID', key: 'vmId', value: ({ status }) => status.vmId ?? '' },
  { name: 'Correlation ID', key: 'correlationId', value: ({ status }) => status.target?.correlationId ?? '' },
  { name: 'VM UUID', key: 'vmUuid', value: ({ status }) => status.facts?.hardware.vmUuid ?? '' },
  { name: 'Location', key: 'location', value: ({ status }) => status.location ?? status.target?.location ?? '' },
  { name: 'Cloud', key: 'cloud', value: ({ status }) => status.target?.cloud ?? '' },
  { name: 'Control Plane', key: 'endpoint', value: ({ status }) => status.target?.endpoint ?? '' },
  { name: 'Agent Version', key: 'agentVersion', value: ({ status }) => status.agentVersion },
  { name: 'Agent Logfile', key: 'agentLogfile', value: ({ logFile }) => logFile },
  {
    name: 'Agent Status',
    key: 'status',
    value: ({ status, himds }) => (himds === 'unknown' ? 'Unknown' : shownState[status.state]),
    hint: ({ himds }) => hintOfService[himds],
  },
  { name: 'Agent Last Heartbeat', key: 'lastHeartbeat', value: ({ status }) => time(status.lastHeartbeat) },
  { name: 'Agent Error Code', key: 'agentErrorCode', value: ({ status }) => status.error?.code ?? '' },
  { name: 'Agent Error Details', key: 'agentErrorDetails', value: ({ status }) => status.error?.message ?? '' },
  {
    name: 'Agent Error Timestamp',
    key: 'agentErrorTimestamp',
    value: ({ status }) => time(status.error?.at ?? null),
  },
  { name: 'Certificate Expires', key: 'certificateExpires', value: ({ status }) => time(status.certificateNotAfter) },
  {
    name: 'Clone Suspected Since',
    key: 'cloneSuspectedSince',
    value: ({ status }) => time(status.cloneSuspectedSince),
    hint: ({ status }) =>
      status.cloneSuspectedSince === null
        ? ''
        : "another machine uses this identity: run 'azcmagent disconnect --force-local-only' on the copy",
  },
  {
    name: 'Clock Skew Seconds',
    key: 'clockSkewSeconds',
    value: ({ status }) => (status.clockSkewSeconds === null ? '' : String(status.clockSkewSeconds)),
  },
  {
    name: 'Metadata Endpoint',
    key: 'metadataEndpoint',
    value: ({ status }) => status.metadataEndpoint.state,
    hint: ({ status }) => [status.metadataEndpoint.url, status.metadataEndpoint.detail].filter(Boolean).join(': '),
  },
  { name: 'Cloud Provider', key: 'cloudProvider', value: ({ status }) => status.facts?.cloud.provider || 'N/A' },
  { name: 'Manufacturer', key: 'manufacturer', value: ({ status }) => status.facts?.hardware.manufacturer ?? '' },
  { name: 'Model', key: 'model', value: ({ status }) => status.facts?.hardware.model ?? '' },
  { name: 'MSSQL Server Detected', key: 'mssqlDetected', value: (view) => detected(view, 'mssql') },
  { name: 'MySQL Server Detected', key: 'mysqlDetected', value: (view) => detected(view, 'mysql') },
  { name: 'PGSQL Server Detected', key: 'pgsqlDetected', value: (view) => detected(view, 'pgsql') },
];

/** With --os, before the services. */
export const osRows: readonly ShowRow[] = [
  { name: 'OS Name', key: 'osName', value: ({ status }) => status.facts?.os.name ?? '' },
  { name: 'OS SKU', key: 'osSku', value: ({ status }) => status.facts?.os.sku ?? '' },
  { name: 'OS Version', key: 'osVersion', value: ({ status }) => status.facts?.os.version ?? '' },
  { name: 'OS Edition', key: 'osEdition', value: ({ status }) => status.facts?.os.edition ?? '' },
  { name: 'OS Install Date', key: 'osInstallDate', value: ({ status }) => time(status.facts?.os.installedAt ?? null) },
];

/** The three states that the product shows; whoever is not connected is disconnected. */
const shownState: Readonly<Record<AgentState, string>> = {
  NotConnected: 'Disconnected',
  Connecting: 'Disconnected',
  Connected: 'Connected',
  Disconnected: 'Disconnected',
  Expired: 'Expired',
};

const hintOfService: Readonly<Record<ShowView['himds'], string>> = {
  running: '',
  stopped: 'himds is stopped',
  unknown: 'run as root to see it',
};

const detected = ({ status }: ShowView, database: 'mssql' | 'mysql' | 'pgsql'): string =>
  status.facts === null ? '' : String(status.facts.discovered[database]);

/** RFC 3339 without fractions of a second. */
const time = (at: string | null): string => (at === null ? '' : at.replace(/\.\d+(?=Z$)/, ''));
