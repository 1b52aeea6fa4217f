import * as os from 'node:os';
import type { FactsPlatform } from '../collect-facts.ts';
import { createMachineFiles, type MachineFiles } from '../machine-files.ts';
import { cloudOfFirmware } from './cloud-of-firmware.ts';
import { discoveredDatabases } from './databases.ts';
import { disks } from './disks.ts';
import { firmware, hardware } from './hardware.ts';
import { machineNames } from './names.ts';
import { type InterfaceTable, networkInterfaces } from './network-interfaces.ts';
import { operatingSystem } from './operating-system.ts';
import { readSmbios } from './smbios.ts';

/** What a Linux machine is described from; each defaults to the running system. */
export interface LinuxSources {
  readonly files?: MachineFiles;
  readonly architecture?: string;
  logicalCores?(): number;
  interfaces?(): InterfaceTable;
}

export const createLinuxPlatform = (sources: LinuxSources = {}): FactsPlatform => {
  const { files = createMachineFiles(), architecture = os.arch() } = sources;
  const { logicalCores = () => os.cpus().length, interfaces = os.networkInterfaces } = sources;
  return {
    look: () => {
      const smbios = readSmbios(files);
      return {
        ...machineNames(files),
        os: operatingSystem(files),
        hardware: hardware({ files, smbios, architecture, logicalCores: logicalCores() }),
        firmware: firmware(files, smbios),
        interfaces: networkInterfaces(files, interfaces()),
        disks: disks(files),
        cloud: { provider: cloudOfFirmware(smbios) },
        discovered: discoveredDatabases(files),
      };
    },
  };
};
