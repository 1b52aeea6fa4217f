import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type AgentStatus, localApiSocketPath } from '@holdfast/agent-runtime';
import type { MachineFacts } from '@holdfast/contracts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { blankStatus, createFakeHimds, stoppedHimds } from '../testing/fake-himds.ts';
import { runIn } from '../testing/test-world.ts';
import { writeConnection } from '../testing/write-connection.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'show-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const facts: MachineFacts = {
  computerName: 'web01',
  machineFqdn: 'web01.example.net',
  dnsFqdn: 'web01.example.net',
  domainName: 'example.net',
  os: {
    type: 'linux',
    name: 'linux',
    version: '6.1.0-26-amd64',
    sku: 'Debian GNU/Linux 12 (bookworm)',
    installedAt: '2024-02-03T04:05:06.789Z',
  },
  hardware: {
    manufacturer: 'QEMU',
    model: 'Standard PC',
    vmUuid: '6f1d2a34-98c1-4c62-8b8a-2f6a5f1a2b3c',
    serialNumber: '',
    assetTag: '',
    architecture: 'x64',
    memoryBytes: 4_294_967_296,
    sockets: 1,
    physicalCores: 2,
    logicalCores: 2,
    processors: [{ name: 'Xeon', cores: 2 }],
  },
  firmware: { type: 'EFI', serialNumber: '' },
  interfaces: [],
  disks: [],
  cloud: { provider: '' },
  discovered: { mssql: false, mysql: false, pgsql: true },
};

const target = {
  endpoint: 'https://arc.example:8443',
  caPem: null,
  tenantId: '99999999-2222-4333-8444-555555555555',
  subscriptionId: '11111111-2222-4333-8444-555555555555',
  resourceGroup: 'servers',
  resourceName: 'web01',
  location: 'local',
  cloud: 'Holdfast',
  correlationId: 'aaaaaaaa-2222-4333-8444-555555555555',
  tags: {},
};
const resourceId = `/subscriptions/${target.subscriptionId}/resourceGroups/servers/providers/Microsoft.HybridCompute/machines/web01`;

const troubled: AgentStatus = {
  ...blankStatus,
  state: 'Expired',
  target,
  resourceId,
  vmId: '00000000-0000-4000-8000-000000000001',
  location: 'local',
  lastHeartbeat: '2026-07-24T08:24:15.123Z',
  certificateNotAfter: '2026-10-22T08:24:15.000Z',
  cloneSuspectedSince: '2026-07-24T07:00:00.000Z',
  error: { code: 'MachineExpired', message: 'It expired.\nlevel=info msg="forged"', at: '2026-07-24T09:00:00.000Z' },
  metadataEndpoint: { url: 'http://localhost:40342', state: 'unavailable', detail: 'the port is in use' },
  clockSkewSeconds: -3,
  facts,
};

const showStatus = (status: AgentStatus, ...argv: string[]) =>
  runIn({ root, himds: createFakeHimds(status) }, ['show', ...argv]);
const shown = async (...argv: string[]) => {
  const { stdout } = await showStatus(troubled, ...argv);
  return stdout.replaceAll(root, '<root>');
};

describe('show', () => {
  test('prints aligned lines in the known order', async () => {
    expect(await shown('--os')).toMatchInlineSnapshot(`
      "Resource Name                           : web01
      Resource Group Name                     : servers
      Resource Namespace                      : Microsoft.HybridCompute
      Resource Id                             : /subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/servers/providers/Microsoft.HybridCompute/machines/web01
      Subscription ID                         : 11111111-2222-4333-8444-555555555555
      Tenant ID                               : 99999999-2222-4333-8444-555555555555
      VM ID                                   : 00000000-0000-4000-8000-000000000001
      Correlation ID                          : aaaaaaaa-2222-4333-8444-555555555555
      VM UUID                                 : 6f1d2a34-98c1-4c62-8b8a-2f6a5f1a2b3c
      Location                                : local
      Cloud                                   : Holdfast
      Control Plane                           : https://arc.example:8443
      Agent Version                           : 0.1.0.0
      Agent Logfile                           : <root>/var/opt/azcmagent/log/himds.log
      Agent Status                            : Expired
      Agent Last Heartbeat                    : 2026-07-24T08:24:15Z
      Agent Error Code                        : MachineExpired
      Agent Error Details                     : It expired. level=info msg="forged"
      Agent Error Timestamp                   : 2026-07-24T09:00:00Z
      Certificate Expires                     : 2026-10-22T08:24:15Z
      Clone Suspected Since                   : 2026-07-24T07:00:00Z (another machine uses this identity: run 'azcmagent disconnect --force-local-only' on the copy)
      Clock Skew Seconds                      : -3
      Metadata Endpoint                       : unavailable (http://localhost:40342: the port is in use)
      Cloud Provider                          : N/A
      Manufacturer                            : QEMU
      Model                                   : Standard PC
      MSSQL Server Detected                   : false
      MySQL Server Detected                   : false
      PGSQL Server Detected                   : true
      OS Name                                 : linux
      OS SKU                                  : Debian GNU/Linux 12 (bookworm)
      OS Version                              : 6.1.0-26-amd64
      OS Edition                              :
      OS Install Date                         : 2024-02-03T04:05:06Z
      Dependent Service Status
        Agent Service (himds)                 : running
      "
    `);
  });

  test('prints JSON with the known keys', async () => {
    expect(await shown('-j')).toMatchInlineSnapshot(`
      "{
        "resourceName": "web01",
        "resourceGroup": "servers",
        "resourceNamespace": "Microsoft.HybridCompute",
        "resourceId": "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/servers/providers/Microsoft.HybridCompute/machines/web01",
        "subscriptionId": "11111111-2222-4333-8444-555555555555",
        "tenantId": "99999999-2222-4333-8444-555555555555",
        "vmId": "00000000-0000-4000-8000-000000000001",
        "correlationId": "aaaaaaaa-2222-4333-8444-555555555555",
        "vmUuid": "6f1d2a34-98c1-4c62-8b8a-2f6a5f1a2b3c",
        "location": "local",
        "cloud": "Holdfast",
        "endpoint": "https://arc.example:8443",
        "agentVersion": "0.1.0.0",
        "agentLogfile": "<root>/var/opt/azcmagent/log/himds.log",
        "status": "Expired",
        "lastHeartbeat": "2026-07-24T08:24:15Z",
        "agentErrorCode": "MachineExpired",
        "agentErrorDetails": "It expired.\\nlevel=info msg=\\"forged\\"",
        "agentErrorTimestamp": "2026-07-24T09:00:00Z",
        "certificateExpires": "2026-10-22T08:24:15Z",
        "cloneSuspectedSince": "2026-07-24T07:00:00Z",
        "clockSkewSeconds": "-3",
        "metadataEndpoint": "unavailable",
        "cloudProvider": "N/A",
        "manufacturer": "QEMU",
        "model": "Standard PC",
        "mssqlDetected": "false",
        "mysqlDetected": "false",
        "pgsqlDetected": "true",
        "services": [
          {
            "displayName": "Agent Service",
            "serviceName": "himds",
            "status": "active"
          }
        ]
      }
      "
    `);
  });

  test.each([
    [['Agent Status'], 'Agent Status                            : Expired\n'],
    [['vmid', 'resourceName'], `${'Resource Name'.padEnd(40)}: web01\n${'VM ID'.padEnd(40)}: ${troubled.vmId}\n`],
    [['OS SKU'], `${'OS SKU'.padEnd(40)}: Debian GNU/Linux 12 (bookworm)\n`],
    [['services'], 'Dependent Service Status\n  Agent Service (himds)                 : running\n'],
    [
      ['-j', 'status', 'Agent Last Heartbeat'],
      '{\n  "status": "Expired",\n  "lastHeartbeat": "2026-07-24T08:24:15Z"\n}\n',
    ],
  ])('prints the properties asked for: %j', async (argv, text) => {
    expect(await shown(...argv)).toBe(text);
  });

  test('refuses a name that is no property, and lists them', async () => {
    const { code, stdout } = await showStatus(troubled, 'colour');
    expect(code).toBe(23);
    expect(stdout).toContain("no property 'colour'. Properties: Resource Name, Resource Group Name, ");
  });

  test.each([
    ['NotConnected', 'Disconnected'],
    ['Connecting', 'Disconnected'],
    ['Connected', 'Connected'],
    ['Disconnected', 'Disconnected'],
    ['Expired', 'Expired'],
  ] as const)('says of %s: %s', async (state, status) => {
    expect((await showStatus({ ...troubled, state }, '-j', 'status')).json).toEqual({ status });
  });

  test('of an agent that was never connected has empty resource fields', async () => {
    const { json } = await showStatus(blankStatus, '-j', 'resourceId', 'resourceNamespace', 'tenantId', 'status');
    expect(json).toEqual({ resourceNamespace: '', resourceId: '', tenantId: '', status: 'Disconnected' });
  });
});

describe('show without himds', () => {
  const world = () => ({ root, himds: stoppedHimds, facts: async () => facts });

  test('tells what the files tell, and that himds is stopped', async () => {
    await writeConnection(root, { target, resourceId });
    const { code, stdout } = await runIn(world(), ['show']);
    expect(code).toBe(0);
    expect(stdout).toContain(`${'Resource Id'.padEnd(40)}: ${resourceId}`);
    expect(stdout).toContain('Agent Status                            : Disconnected (himds is stopped)');
    expect(stdout).toContain('Manufacturer                            : QEMU');
    expect(stdout).toContain('Agent Service (himds)                 : stopped');
  });

  test('shows a machine without state', async () => {
    expect((await runIn(world(), ['show', '-j', 'resourceName', 'services'])).json).toEqual({
      resourceName: '',
      services: [{ displayName: 'Agent Service', serviceName: 'himds', status: 'inactive' }],
    });
  });

  test.skipIf(process.geteuid?.() === 0)('knows that it may not ask', async () => {
    const folder = dirname(localApiSocketPath(root));
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0);
    expect((await runIn(world(), ['show', '-j', 'status'])).json).toEqual({ status: 'Unknown' });
    chmodSync(folder, 0o700);
  });
});
