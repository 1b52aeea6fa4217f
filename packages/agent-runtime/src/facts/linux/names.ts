import { factText } from '../fact-text.ts';
import type { MachineFiles } from '../machine-files.ts';

export interface Names {
  readonly computerName: string;
  readonly machineFqdn: string;
  readonly dnsFqdn: string;
  readonly domainName: string;
}

/**
 * The machine's names without asking a name server: the full name from the host name itself or /etc/hosts, as
 * `hostname -f` finds it first; the DNS name from the resolver's domain.
 */
export const machineNames = (files: MachineFiles): Names => {
  const hostName = factText(files.readText('/proc/sys/kernel/hostname'));
  const [short = ''] = hostName.split('.');
  const domain = resolverDomain(files);
  const machineFqdn = fullName(files, hostName) ?? (domain === '' ? hostName : `${short}.${domain}`);
  return {
    computerName: hostName,
    machineFqdn,
    dnsFqdn: domain === '' ? machineFqdn : `${short}.${domain}`,
    domainName: machineFqdn.slice(short.length + 1),
  };
};

const fullName = (files: MachineFiles, hostName: string): string | undefined => {
  if (hostName.includes('.')) return hostName;
  const lines = (files.readText('/etc/hosts') ?? '').split('\n').map((line) => line.replace(/#.*/, '').trim());
  const names = lines.map((line) => line.split(/\s+/).slice(1)).find((each) => each.includes(hostName));
  const [canonical = ''] = names ?? [];
  return canonical.startsWith(`${hostName}.`) ? factText(canonical) : undefined;
};

/** The domain of resolv.conf(5): the last `domain` or `search` line counts, of a list its first entry. */
const resolverDomain = (files: MachineFiles): string => {
  const lines = [...(files.readText('/etc/resolv.conf') ?? '').matchAll(/^(?:domain|search)[ \t]+(\S+)/gm)];
  return factText(lines.at(-1)?.[1]).replace(/\.$/, '');
};
