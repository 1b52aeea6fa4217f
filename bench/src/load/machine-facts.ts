import type { MachineFacts } from '@holdfast/contracts';

/** What an ordinary server of two sockets says about itself: about 2.5 KB of JSON. */
export const factsOf = (name: string): MachineFacts => ({
  computerName: name,
  machineFqdn: `${name}.servers.example.internal`,
  dnsFqdn: `${name}.servers.example.internal`,
  domainName: 'servers.example.internal',
  os: {
    type: 'linux',
    name: 'linux',
    version: '6.1.0-28-amd64',
    sku: 'Debian GNU/Linux 12 (bookworm)',
    installedAt: '2026-02-11T08:15:00Z',
  },
  hardware: {
    manufacturer: 'Dell Inc.',
    model: 'PowerEdge R650',
    vmUuid: '4c4c4544-0042-3510-8051-b4c04f4d3333',
    serialNumber: `SN-${name}`,
    assetTag: `ASSET-${name}`,
    architecture: 'x86_64',
    memoryBytes: 274_877_906_944,
    sockets: 2,
    physicalCores: 32,
    logicalCores: 64,
    processors: [
      { name: 'Intel(R) Xeon(R) Gold 6346 CPU @ 3.10GHz', cores: 16 },
      { name: 'Intel(R) Xeon(R) Gold 6346 CPU @ 3.10GHz', cores: 16 },
    ],
  },
  firmware: { type: 'UEFI', serialNumber: `SN-${name}` },
  interfaces: ['eno1', 'eno2', 'bond0'].map((each, at) => ({
    id: each,
    name: each,
    macAddress: `b4:96:91:5a:2e:1${at}`,
    addresses: [
      { address: `10.20.${at}.17`, version: 'IPv4', subnet: `10.20.${at}.0/24` },
      { address: `fd00:20:${at}::17`, version: 'IPv6', subnet: `fd00:20:${at}::/64` },
    ],
  })),
  disks: ['sda', 'sdb', 'nvme0n1', 'nvme1n1'].map((each, at) => ({
    id: `3600508b1001c4e6f9d0a7b2c3d4e5f6${at}`,
    name: each,
    path: `/dev/${each}`,
    diskType: at < 2 ? 'HDD' : 'SSD',
    sizeBytes: 1_920_383_410_176,
  })),
  cloud: { provider: 'N/A' },
  discovered: { mssql: false, mysql: false, pgsql: true },
});
