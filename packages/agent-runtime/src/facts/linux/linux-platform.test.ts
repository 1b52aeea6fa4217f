import { readFileSync } from 'node:fs';
import type { NetworkInterfaceInfo } from 'node:os';
import { machineFacts } from '@holdfast/contracts';
import fc from 'fast-check';
import { Check } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import type { MachineFiles } from '../machine-files.ts';
import { createLinuxPlatform } from './linux-platform.ts';

/** A machine as `tail -n +1 FILE...` printed it. */
const recorded = (name: string, madeAt?: Date): MachineFiles => {
  const text = readFileSync(new URL(`../fixtures/${name}.txt`, import.meta.url), 'utf8');
  const parts = text.split(/^==> (.+) <==\n/m).slice(1);
  const files = new Map<string, string>();
  for (let at = 0; at < parts.length; at += 2) files.set(parts[at] ?? '', (parts[at + 1] ?? '').replace(/\n$/, ''));
  return {
    readText: (path) => files.get(path),
    list: (folder) => {
      const below = [...files.keys()].filter((path) => path.startsWith(`${folder}/`));
      return [...new Set(below.map((path) => path.slice(folder.length + 1).split('/')[0] ?? ''))];
    },
    madeAt: () => madeAt,
  };
};

const address = (text: string, cidr: string, internal = false): NetworkInterfaceInfo => {
  const base = { address: text, netmask: '', mac: '02:00:5e:10:00:01', internal, cidr };
  return text.includes(':') ? { ...base, family: 'IPv6', scopeid: 0 } : { ...base, family: 'IPv4' };
};

const look = (name: string, logicalCores: number) =>
  createLinuxPlatform({
    files: recorded(name, new Date('2024-02-03T04:05:06.000Z')),
    architecture: name.startsWith('arm64') ? 'arm64' : 'x64',
    logicalCores: () => logicalCores,
    interfaces: () => ({
      lo: [address('127.0.0.1', '127.0.0.1/8', true)],
      ens18: [address('192.0.2.77', '192.0.2.77/26'), address('2001:db8:1:2:3::9', '2001:db8:1:2:3::9/60')],
      veth12ab: [address('fe80::1', 'fe80::1/64')],
    }),
  }).look();

describe('a Debian 12 virtual machine', () => {
  const facts = look('debian-12-vm', 2);

  test('names: the full name is what /etc/hosts says, the DNS name what the resolver would add', () => {
    expect(facts).toMatchObject({
      computerName: 'web01',
      machineFqdn: 'web01.example.net',
      dnsFqdn: 'web01.corp.example.net',
      domainName: 'example.net',
    });
  });

  test('system, hardware and firmware', () => {
    expect(facts.os).toEqual({
      type: 'linux',
      name: 'linux',
      version: '6.1.0-26-amd64',
      sku: 'Debian GNU/Linux 12 (bookworm)',
      installedAt: '2024-02-03T04:05:06.000Z',
    });
    expect(facts.hardware).toEqual({
      manufacturer: 'QEMU',
      model: 'Standard PC (Q35 + ICH9, 2009)',
      vmUuid: '6f1d2a34-98c1-4c62-8b8a-2f6a5f1a2b3c',
      serialNumber: '',
      assetTag: '',
      architecture: 'x64',
      memoryBytes: 4_015_236 * 1024,
      sockets: 2,
      physicalCores: 2,
      logicalCores: 2,
      processors: [
        { name: 'Intel(R) Xeon(R) Gold 6248 CPU @ 2.50GHz', cores: 1 },
        { name: 'Intel(R) Xeon(R) Gold 6248 CPU @ 2.50GHz', cores: 1 },
      ],
    });
    expect(facts.firmware).toEqual({ type: 'BIOS', serialNumber: '' });
    expect(facts.cloud.provider).toBe('');
    expect(facts.discovered).toEqual({ mssql: false, mysql: true, pgsql: false });
  });

  test('disks are what a person would count; loopback and container cables are no interfaces', () => {
    expect(facts.disks).toEqual([
      {
        id: 'root-disk',
        name: 'vda',
        path: '/dev/vda',
        diskType: 'Fixed hard disk media',
        sizeBytes: 41_943_040 * 512,
      },
    ]);
    expect(facts.interfaces).toEqual([
      {
        id: '2',
        name: 'ens18',
        macAddress: '02:00:5e:10:00:01',
        addresses: [
          { address: '192.0.2.77', version: 'IPv4', subnet: '192.0.2.64/26' },
          { address: '2001:db8:1:2:3::9', version: 'IPv6', subnet: '2001:db8:1::/60' },
        ],
      },
    ]);
  });
});

test('a physical RHEL server with two sockets of two cores with two threads each', () => {
  const facts = look('rhel-9-physical', 8);
  expect(facts).toMatchObject({
    computerName: 'db7.dc1.example.com',
    machineFqdn: 'db7.dc1.example.com',
    dnsFqdn: 'db7.dc1.example.com',
    domainName: 'dc1.example.com',
    os: { sku: 'Red Hat Enterprise Linux 9.4 (Plow)', edition: 'Server' },
    hardware: {
      manufacturer: 'Dell Inc.',
      serialNumber: '5B0VND3',
      assetTag: 'RACK-12-U07',
      sockets: 2,
      physicalCores: 4,
      logicalCores: 8,
      processors: [{ cores: 2 }, { cores: 2 }],
    },
    firmware: { type: 'EFI', serialNumber: '5B0VND3' },
    discovered: { mssql: true, mysql: false, pgsql: true },
  });
  expect(facts.disks.map(({ name, path, diskType }) => [name, path, diskType])).toEqual([
    ['PERC H755 Front', '/dev/sda', 'Fixed hard disk media'],
    ['Dell NVMe PM9A3 RI U.2 1.92TB', '/dev/nvme0n1', 'Fixed hard disk media'],
    ['Ultra Fit', '/dev/sdb', 'Removable media'],
  ]);
});

test('without the kernel topology, /proc/cpuinfo alone gives the same sockets and cores', () => {
  const whole = recorded('rhel-9-physical');
  const files = { ...whole, list: (path: string) => (path === '/sys/devices/system/cpu' ? [] : whole.list(path)) };
  const facts = createLinuxPlatform({ files, logicalCores: () => 8, interfaces: () => ({}) }).look();
  expect(facts.hardware).toMatchObject({ sockets: 2, physicalCores: 4, processors: [{ cores: 2 }, { cores: 2 }] });
});

test('a container without DMI, topology and disks has sane numbers and no invented names', () => {
  const facts = look('container-without-dmi', 4);
  expect(facts).toMatchObject({
    machineFqdn: '3f2a9c1be0d4',
    dnsFqdn: '3f2a9c1be0d4',
    domainName: '',
    os: { sku: 'Alpine Linux v3.20' },
    hardware: {
      manufacturer: '',
      model: '',
      vmUuid: '',
      sockets: 1,
      physicalCores: 4,
      logicalCores: 4,
      processors: [{ name: 'AMD EPYC 7B12', cores: 4 }],
    },
    firmware: { type: '', serialNumber: '' },
    disks: [],
  });
});

test('an arm64 cloud machine: the core is named from its numbers, the cloud from its firmware', () => {
  const facts = look('arm64-cloud', 2);
  expect(facts).toMatchObject({
    machineFqdn: 'ip-10-0-3-17.eu-west-1.compute.internal',
    domainName: 'eu-west-1.compute.internal',
    os: { sku: 'Ubuntu 24.04.1 LTS' },
    hardware: { architecture: 'arm64', processors: [{ name: 'ARM Neoverse-N1', cores: 2 }] },
    firmware: { type: 'EFI' },
    cloud: { provider: 'AWS' },
  });
});

test('a machine of which nothing can be read still has facts', () => {
  const files: MachineFiles = { readText: () => undefined, list: () => [], madeAt: () => undefined };
  const facts = createLinuxPlatform({ files, logicalCores: () => 0, interfaces: () => ({}) }).look();
  expect(facts).toMatchObject({ computerName: '', hardware: { sockets: 1, physicalCores: 1, memoryBytes: 0 } });
});

test('whatever the files hold, the facts fit the wire', () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom('MemTotal: 99999999999999999999 kB', 'physical id: 1', 'core id: 2', 'search x', 'PRETTY_NAME="a'),
  );
  const text = fc.oneof(
    fc.nat().map(String),
    fc.array(line).map((lines) => lines.join('\n')),
    fc.string({ minLength: 3000 }),
  );
  const names = fc.array(fc.constantFrom('sda', 'device', 'cpu0', 'cpu1', '17', 'efi'));
  fc.assert(
    fc.property(fc.array(text, { minLength: 1 }), names, (texts, list) => {
      let at = 0;
      const files: MachineFiles = {
        readText: () => texts[at++ % texts.length],
        list: () => list,
        madeAt: () => undefined,
      };
      expect(Check(machineFacts, createLinuxPlatform({ files }).look())).toBe(true);
    }),
  );
});
