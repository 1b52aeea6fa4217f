/** What the command line can fail with: the public meaning and what to do about it. The number is the exit code. */
export const agentErrors = {
  AZCM0001: ['Unknown error', 'Run the command again with --verbose and look into azcmagent.log.'],
  AZCM0002: ['Internal agent error', 'Look into himds.log; restart himds and run the command again.'],
  AZCM0003: ['Unsupported operation', 'Leave the option out.'],
  AZCM0011: ['Interrupted', 'Run the same command again: it goes on where it stopped.'],
  AZCM0012: ['The access token is not usable', 'Get a fresh token for the control plane and run the command again.'],
  AZCM0016: ['A required parameter is missing', "Run 'azcmagent help <command>' for the parameters."],
  AZCM0018: ['The command needs root', 'Run it as root, for example with sudo.'],
  AZCM0019: ['The --config file was not found', 'Check the path given to --config.'],
  AZCM0020: ['Unknown region', 'Use one of the regions listed.'],
  AZCM0023: ['A parameter has an invalid value', "Run 'azcmagent help <command>' for the parameters."],
  AZCM0026: [
    'The control plane cannot be reached',
    'Check --endpoint, name resolution, firewalls and --ca-file; --ignore-network-check skips this check.',
  ],
  AZCM0041: [
    'The credentials were rejected',
    'Check the tenant, the application id and its secret or certificate, and whether they have expired.',
  ],
  AZCM0042: [
    'The resource could not be created',
    "The account needs the role 'Azure Connected Machine Onboarding' on the resource group.",
  ],
  AZCM0043: [
    'The resource could not be deleted',
    "The account needs the role 'Azure Connected Machine Resource Administrator'. " +
      'Use --force-local-only to reset only this machine.',
  ],
  AZCM0044: [
    'The resource name is already taken',
    'Delete the other resource, or connect with another --resource-name.',
  ],
  AZCM0061: ['himds does not respond', 'Restart himds: systemctl restart himdsd.'],
  AZCM0062: ['The connect did not complete', 'Run the same command again: it goes on where it stopped.'],
  AZCM0063: ['The disconnect did not complete', 'Run the same command again: it goes on where it stopped.'],
  AZCM0064: ['himds cannot be reached', 'Start himds: systemctl start himdsd.'],
  AZCM0067: [
    'The machine is already connected',
    "Run 'azcmagent show' to see it, or 'azcmagent disconnect' before connecting it elsewhere.",
  ],
  AZCM0068: ['The subscription name could not be resolved', 'Give the subscription by its id.'],
  AZCM0069: ['The local state could not be written', 'Check the state folder, its owner and its free space.'],
  AZCM0081: [
    'The identity certificate could not be obtained',
    'Run the same command again. If it keeps failing, delete the resource and connect anew.',
  ],
  AZCM0102: ['The host name cannot be a resource name', 'Give a name with --resource-name.'],
} as const satisfies Readonly<Record<`AZCM${string}`, readonly [meaning: string, action: string]>>;

export type AgentErrorCode = keyof typeof agentErrors;
