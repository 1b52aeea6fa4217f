/** The commands that take parameters of their own. */
export type CommandName = 'connect' | 'show' | 'disconnect' | 'version';

export interface CliOption {
  /** The long name without dashes: also the key in a --config file. */
  readonly name: string;
  readonly short?: string;
  /** How help writes the value; a switch has none. */
  readonly value?: string;
  readonly text: string;
  /** Its value is a secret: it is masked wherever it could be seen. */
  readonly secret?: true;
  /** Known, but not offered yet: giving it is refused with these words. */
  readonly refusal?: string;
}

export const commonOptions: readonly CliOption[] = [
  { name: 'config', value: 'FILE', text: 'JSON or YAML file of long option names and values; the command line wins' },
  { name: 'json', short: 'j', text: 'print the result as JSON' },
  { name: 'log-stderr', text: 'print errors and verbose lines to stderr' },
  { name: 'no-color', text: 'print no colours and no progress bar' },
  { name: 'verbose', short: 'v', text: 'print what is done in detail' },
];

const credentials: readonly CliOption[] = [
  { name: 'tenant-id', short: 't', value: 'GUID', text: 'tenant of the account' },
  { name: 'service-principal-id', short: 'i', value: 'GUID', text: 'application id of a service principal' },
  {
    name: 'service-principal-secret',
    short: 'p',
    value: 'SECRET',
    secret: true,
    text:
      'its secret. Other users of this machine can read command lines: ' +
      'prefer --config or the variable AZCMAGENT_SERVICE_PRINCIPAL_SECRET',
  },
  { name: 'service-principal-cert', value: 'FILE', text: 'its certificate with the private key, PEM, not encrypted' },
  { name: 'access-token', value: 'TOKEN', secret: true, text: 'an access token for the control plane' },
];

const controlPlane: readonly CliOption[] = [
  { name: 'endpoint', value: 'URL', text: "the control plane's address (or the variable HOLDFAST_ENDPOINT)" },
  { name: 'ca-file', value: 'FILE', text: "certificates to trust beside the system's own, PEM (or HOLDFAST_CA_FILE)" },
];

const notYet = 'is not supported by this version';

export const commandOptions: Readonly<Record<CommandName, readonly CliOption[]>> = {
  connect: [
    { name: 'subscription-id', short: 's', value: 'ID', text: 'subscription, by id or display name' },
    { name: 'resource-group', short: 'g', value: 'NAME', text: 'resource group; made when absent and allowed' },
    { name: 'location', short: 'l', value: 'REGION', text: 'region to keep the resource in' },
    { name: 'resource-name', short: 'n', value: 'NAME', text: 'name of the resource (default: the host name)' },
    { name: 'tags', value: 'TAGS', text: "tags as K=V,K2='v 2'; a backslash takes the next character as it is" },
    { name: 'correlation-id', value: 'GUID', text: 'id to find this connect by in logs' },
    { name: 'cloud', value: 'NAME', text: 'name of the cloud' },
    { name: 'ignore-network-check', text: 'go on when the connectivity check fails' },
    ...credentials,
    ...controlPlane,
    { name: 'private-link-scope', value: 'ID', text: 'private link scope', refusal: notYet },
    { name: 'gateway-id', value: 'ID', text: 'gateway', refusal: notYet },
  ],
  show: [{ name: 'os', text: 'print more about the operating system' }],
  disconnect: [
    { name: 'force-local-only', short: 'f', text: 'reset this machine only; the resource stays' },
    ...credentials,
  ],
  version: [],
};

/** Every option of every command: a --config file may serve several of them. */
export const allOptions: readonly CliOption[] = [...commonOptions, ...Object.values(commandOptions).flat()];
