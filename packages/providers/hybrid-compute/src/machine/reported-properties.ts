import { type ApiVersion, isSince } from '@holdfast/arm';
import type { MachineFacts } from '@holdfast/contracts';
import type { MachineSettings } from './machine.ts';

const bytesPerGigabyte = 1024 ** 3;

/** What the server reported, as the machine resource shows it. */
export const reportedProperties = (facts: MachineFacts, settings: MachineSettings, version: ApiVersion) => ({
  displayName: facts.computerName,
  machineFqdn: facts.machineFqdn,
  dnsFqdn: facts.dnsFqdn,
  adFqdn: facts.adFqdn ?? facts.dnsFqdn,
  domainName: facts.domainName,
  osName: facts.os.name,
  osVersion: facts.os.version,
  osSku: facts.os.sku,
  osType: facts.os.type,
  osEdition: facts.os.edition,
  osProfile: osProfile(facts, settings, version),
  vmUuid: facts.hardware.vmUuid === '' ? undefined : facts.hardware.vmUuid,
  mssqlDiscovered: String(facts.discovered.mssql),
  cloudMetadata: { provider: facts.cloud.provider },
  detectedProperties: detectedProperties(facts),
  networkProfile: { networkInterfaces: facts.interfaces.map(networkInterface(version)) },
  hardwareProfile: {
    totalPhysicalMemoryInBytes: facts.hardware.memoryBytes,
    numberOfCpuSockets: facts.hardware.sockets,
    processors: facts.hardware.processors.map(({ name, cores }) => ({ name, numberOfCores: cores })),
  },
  storageProfile: {
    disks: facts.disks.map(({ id, name, path, diskType, sizeBytes }) => ({
      id,
      name,
      path,
      diskType,
      generatedId: id,
      maxSizeInBytes: sizeBytes,
    })),
  },
  firmwareProfile: { type: facts.firmware.type, serialNumber: facts.firmware.serialNumber },
});

const osProfile = ({ computerName }: MachineFacts, { osProfile: set }: MachineSettings, version: ApiVersion) =>
  isSince(version, '2022-03-10') ? { computerName, ...set } : { computerName };

/** The same facts as text by name, which every api-version has. */
const detectedProperties = ({ hardware, firmware, cloud, discovered }: MachineFacts): Record<string, string> => ({
  architecture: hardware.architecture,
  biosSerialNumber: firmware.serialNumber,
  cloudprovider: cloud.provider,
  coreCount: String(hardware.physicalCores),
  logicalCoreCount: String(hardware.logicalCores),
  manufacturer: hardware.manufacturer,
  model: hardware.model,
  mssqldiscovered: String(discovered.mssql),
  mysqldiscovered: String(discovered.mysql),
  pgsqldiscovered: String(discovered.pgsql),
  processorCount: String(hardware.sockets),
  processorNames: hardware.processors.map(({ name }) => name).join(';'),
  serialNumber: hardware.serialNumber,
  smbiosAssetTag: hardware.assetTag,
  totalPhysicalMemoryInBytes: String(hardware.memoryBytes),
  totalPhysicalMemoryInGigabytes: String(Math.round(hardware.memoryBytes / bytesPerGigabyte)),
});

type Interface = MachineFacts['interfaces'][number];

const networkInterface = (version: ApiVersion) => (each: Interface) => ({
  ...(isSince(version, '2024-07-31') && { id: each.id, name: each.name, macAddress: each.macAddress }),
  ipAddresses: each.addresses.map(({ address, version: ipAddressVersion, subnet }) => ({
    address,
    ipAddressVersion,
    ...(subnet !== undefined && { subnet: { addressPrefix: subnet } }),
  })),
});
