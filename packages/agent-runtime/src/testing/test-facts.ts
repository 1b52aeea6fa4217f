import type { MachineFacts } from '@holdfast/contracts';

export const testFacts: MachineFacts = {
  computerName: 'web-1',
  machineFqdn: 'web-1.example.org',
  dnsFqdn: 'web-1.example.org',
  domainName: '',
  os: { type: 'linux', name: 'linux', version: '6.1.0', sku: 'Debian GNU/Linux 12 (bookworm)' },
  hardware: {
    manufacturer: 'QEMU',
    model: 'Standard PC',
    vmUuid: '',
    serialNumber: '',
    assetTag: '',
    architecture: 'x64',
    memoryBytes: 4_294_967_296,
    sockets: 1,
    physicalCores: 2,
    logicalCores: 2,
    processors: [{ name: 'cpu', cores: 2 }],
  },
  firmware: { type: 'UEFI', serialNumber: '' },
  interfaces: [],
  disks: [],
  cloud: { provider: '' },
  discovered: { mssql: false, mysql: false, pgsql: false },
};
