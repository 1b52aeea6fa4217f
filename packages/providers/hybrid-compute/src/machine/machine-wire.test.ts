import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { apiVersion } from '@holdfast/arm';
import { addMs } from '@holdfast/kernel';
import { createFixtures, fixtureFacts } from '@holdfast/testkit';
import { describe, expect, test } from 'vitest';
import type { Machine } from './machine.ts';
import { machineToWire } from './machine-wire.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const fixtures = createFixtures('machine-wire');
const group = fixtures.group(fixtures.subscription(fixtures.tenant()), 'Servers');
const clone = {
  since: addMs(now, -9000),
  lastSeenAt: addMs(now, -1000),
  copies: [
    { hostName: 'a', bootId: '1' },
    { hostName: 'b', bootId: '2' },
  ],
} as const;

/** A machine with everything that can be shown. */
const full: Machine = fixtures.machine(group, 'Web-01', {
  tags: { Site: 'North' },
  kind: 'HCI',
  settings: {
    locationData: { name: 'Rack 7' },
    osProfile: { linuxConfiguration: { patchSettings: { assessmentMode: 'ImageDefault' } } },
    agentUpgrade: { desiredVersion: '2' },
    parentClusterResourceId: '/c',
    privateLinkScopeResourceId: '/p',
    hardwareResourceId: '/h',
    identityKeyStore: 'TPM',
    tpmEkCertificate: 'MII',
  },
  liveness: {
    agentVersion: '1.0',
    lastHeartbeatAt: now,
    connectedSince: addMs(now, -1000),
    certificateNotAfter: addMs(now, 1000),
    clone,
  },
  facts: { ...fixtureFacts, os: { ...fixtureFacts.os, edition: 'server' } },
});
const fresh = fixtures.machine(group, 'new', { facts: undefined });

/** What is undefined is not sent. */
const asSent = <T>(value: T): T => JSON.parse(JSON.stringify(value));

const policy = { disconnectedAfter: 900_000, servingSince: new Date(0), interruptedAt: undefined };
const wire = (machine: Machine, version: string) =>
  asSent(machineToWire(machine, { apiVersion: apiVersion(version), policy, now }));

describe('a property is shown since the version that has it', () => {
  test.each([
    ['osType', '2021-05-20', '2022-03-10'],
    ['cloudMetadata', '2021-05-20', '2022-03-10'],
    ['mssqlDiscovered', '2021-05-20', '2022-03-10'],
    ['agentUpgrade', '2022-11-10', '2022-12-27'],
    ['osEdition', '2022-12-27', '2024-07-10'],
    ['networkProfile', '2022-12-27', '2024-07-10'],
    ['hardwareProfile', '2024-07-10', '2024-07-31-preview'],
    ['storageProfile', '2024-07-10', '2024-07-31-preview'],
    ['firmwareProfile', '2024-07-10', '2024-07-31-preview'],
    ['tpmEkCertificate', '2024-11-10-preview', '2025-01-13'],
    ['identityKeyStore', '2024-11-10-preview', '2025-01-13'],
    ['hardwareResourceId', '2025-02-19-preview', '2025-06-01'],
    ['statusReason', '2025-09-16-preview', '2026-06-16-preview'],
  ])('%s: not in %s, in %s', (name, before, first) => {
    expect(wire(full, before).properties).not.toHaveProperty(name);
    expect(wire(full, first).properties).toHaveProperty(name);
    expect(wire(full, '2026-07-15').properties).toHaveProperty(name);
  });

  const specs = fileURLToPath(new URL('../../../../../../shared/specs/hybridcompute/', import.meta.url));
  test.skipIf(!existsSync(specs)).each(['2021-05-20', '2022-12-27', '2024-07-10', '2025-01-13', '2026-07-15'])(
    'nothing is shown that the published model of %s does not know',
    (version) => {
      const { definitions } = JSON.parse(readFileSync(`${specs}${version}/HybridCompute.json`, 'utf8'));
      const namesOf = (model: string): string[] => Object.keys(definitions[model].properties);
      const envelope = ['id', 'name', 'type', 'location', 'tags', 'systemData'];
      for (const machine of [full, fresh]) {
        const shown = wire(machine, version);
        expect([...namesOf('Machine'), ...envelope]).toEqual(expect.arrayContaining(Object.keys(shown)));
        expect(namesOf('MachineProperties')).toEqual(expect.arrayContaining(Object.keys(shown.properties)));
      }
    },
  );
});

describe('a machine on the wire', () => {
  test('keeps the case of its names and shows its identity', () => {
    expect(wire(full, '2024-07-10')).toMatchObject({
      id: `/subscriptions/${full.id.subscriptionId}/resourceGroups/Servers/providers/Microsoft.HybridCompute/machines/Web-01`,
      name: 'Web-01',
      type: 'Microsoft.HybridCompute/machines',
      tags: { Site: 'North' },
      identity: { type: 'SystemAssigned', principalId: full.identity.principalId, tenantId: full.tenantId },
      properties: { vmId: full.vmId, status: 'Connected', provisioningState: 'Succeeded', agentVersion: '1.0' },
    });
  });

  test('never shows what is ours alone', () => {
    const text = JSON.stringify(wire(full, '2026-07-15'));
    expect(text).not.toContain(full.machineId);
    expect(text).not.toContain(full.key?.keyId);
  });

  test('reports what the server said of itself', () => {
    const { properties } = wire(full, '2026-07-15');
    expect(properties).toMatchObject({
      displayName: 'web-01',
      osSku: 'Debian GNU/Linux 13 (trixie)',
      osProfile: { computerName: 'web-01', linuxConfiguration: { patchSettings: { assessmentMode: 'ImageDefault' } } },
      hardwareProfile: {
        totalPhysicalMemoryInBytes: 8 * 2 ** 30,
        numberOfCpuSockets: 1,
        processors: [{ numberOfCores: 2 }],
      },
      networkProfile: {
        networkInterfaces: [
          {
            id: '2',
            name: 'eth0',
            ipAddresses: [{ address: '10.0.0.4', ipAddressVersion: 'IPv4', subnet: { addressPrefix: '10.0.0.0/24' } }],
          },
        ],
      },
      detectedProperties: { coreCount: '2', logicalCoreCount: '4', totalPhysicalMemoryInGigabytes: '8' },
      mssqlDiscovered: 'false',
    });
    expect(wire(full, '2021-05-20').properties['osProfile']).toEqual({ computerName: 'web-01' });
  });

  test('leaves out what is not known, rather than showing nothing as something', () => {
    const { properties } = wire(fresh, '2026-07-15');
    expect(Object.values(properties)).not.toContain(undefined);
    expect(properties).not.toHaveProperty('osName');
    expect(properties).not.toHaveProperty('lastStatusChange');
    const noUuid = { ...full, facts: { ...fixtureFacts, hardware: { ...fixtureFacts.hardware, vmUuid: '' } } };
    expect(wire(noUuid, '2026-07-15').properties).not.toHaveProperty('vmUuid');
  });

  test.each([
    ['2025-06-01', 'AwaitingConnection'],
    ['2025-02-19-preview', 'Disconnected'],
    ['2021-05-20', 'Disconnected'],
  ])('that has not connected yet is, in the words of %s, %s', (version, status) => {
    expect(wire(fresh, version).properties['status']).toBe(status);
  });

  test('that was cloned says so, names both copies and what to do', () => {
    const { properties } = wire(full, '2021-05-20');
    expect(properties['errorDetails']).toEqual([
      { code: 'CloneSuspected', message: expect.stringMatching(/a \(boot 1\) and b \(boot 2\).*azcmagent disconnect/) },
    ]);
    expect(wire(full, '2026-07-15').properties['statusReason']).toBe('Cloned');
    expect(wire(fresh, '2026-07-15').properties).toMatchObject({ errorDetails: [] });
  });
});
