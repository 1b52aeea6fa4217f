import type { MachineResource } from './resource-manager.ts';

/** The connected machine for people. */
export const machineTable = ({ id, name, location, properties }: MachineResource): string => {
  const { status, agentVersion = '', osSku = '', detectedProperties = {} } = properties;
  const rows = [
    ['Machine', name],
    ['Status', status],
    ['Location', location],
    ['Operating system', osSku],
    ['Cores', detectedProperties['logicalCoreCount'] ?? ''],
    ['Memory', `${detectedProperties['totalPhysicalMemoryInGigabytes'] ?? '?'} GiB`],
    ['Agent', agentVersion],
    ['Resource', id],
  ] as const;
  const lines = rows.map(([title, value]) => `  ${title.padEnd(17)} ${value}`);
  return `\nThis machine is connected\n${lines.join('\n')}\n`;
};
