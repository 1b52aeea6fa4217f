import type { MachineFacts } from '@holdfast/contracts';
import { factNumber, factText } from '../fact-text.ts';
import type { MachineFiles } from '../machine-files.ts';
import { readProcessors } from './processors.ts';
import type { Smbios } from './smbios.ts';

export interface HardwareSources {
  readonly files: MachineFiles;
  readonly smbios: Smbios;
  /** As the product names it: `x64`, `arm64`. */
  readonly architecture: string;
  readonly logicalCores: number;
}

export const hardware = ({ files, smbios, architecture, logicalCores }: HardwareSources): MachineFacts['hardware'] => {
  const { sockets, physicalCores, processors, virtual } = readProcessors(files, logicalCores);
  return {
    manufacturer: smbios.manufacturer || hypervisorVendor(files),
    model: smbios.model || factText(files.readText('/proc/device-tree/model')) || (virtual ? 'Virtual Machine' : ''),
    vmUuid: smbios.uuid,
    serialNumber: smbios.serialNumber,
    assetTag: smbios.assetTag,
    architecture,
    memoryBytes: totalMemory(files),
    sockets,
    physicalCores,
    logicalCores,
    processors,
  };
};

/** Para-virtual machines without SMBIOS say at least whose guest they are. */
const hypervisorVendor = (files: MachineFiles): string => {
  const type = factText(files.readText('/sys/hypervisor/type'));
  return type === 'xen' ? 'Xen' : type;
};

const totalMemory = (files: MachineFiles): number =>
  factNumber(/^MemTotal:\s+(\d+) kB/m.exec(files.readText('/proc/meminfo') ?? '')?.[1]) * 1024;

export const firmware = (files: MachineFiles, smbios: Smbios): MachineFacts['firmware'] => ({
  type: firmwareType(files, smbios),
  serialNumber: smbios.serialNumber,
});

const firmwareType = (files: MachineFiles, smbios: Smbios): string => {
  if (files.list('/sys/firmware').includes('efi')) return 'EFI';
  return smbios.biosVendor === '' ? '' : 'BIOS';
};
