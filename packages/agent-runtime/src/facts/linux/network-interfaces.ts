import type { NetworkInterfaceInfo } from 'node:os';
import type { MachineFacts } from '@holdfast/contracts';
import { factText } from '../fact-text.ts';
import type { MachineFiles } from '../machine-files.ts';
import { subnetOf } from '../subnet.ts';

export type InterfaceTable = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

const listed = 64;

/**
 * The interfaces with addresses, without loopback. Those with link-local addresses alone are left out: they are the
 * outer ends of containers' cables, which come and go all day.
 */
export const networkInterfaces = (files: MachineFiles, table: InterfaceTable): MachineFacts['interfaces'] =>
  Object.entries(table)
    .map(([name, addresses = []]) => ({ name, addresses: addresses.filter((each) => !each.internal) }))
    .filter(({ addresses }) => addresses.some((each) => !isLinkLocal(each)))
    .slice(0, listed)
    .map(({ name, addresses }) => ({
      id: factText(files.readText(`/sys/class/net/${name}/ifindex`)) || name,
      name,
      macAddress: addresses[0]?.mac ?? '',
      addresses: addresses.slice(0, listed).map(wireAddress),
    }));

const isLinkLocal = ({ address, family }: NetworkInterfaceInfo): boolean =>
  family === 'IPv4' ? address.startsWith('169.254.') : /^fe[89ab]/i.test(address);

const wireAddress = ({ address, family, cidr }: NetworkInterfaceInfo) => {
  const subnet = subnetOf(cidr);
  return { address, version: family, ...(subnet === undefined ? {} : { subnet }) };
};
