import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import type { Heartbeat, MachineFacts } from '@holdfast/contracts';
import type { ArmClient } from './arm-client.ts';

export interface AgentAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>> & { readonly error?: { code: string; message: string } };
}

/** A server that says exactly what a test wants, over the same wire as the real agent. */
export interface ScriptedMachine {
  readonly vmId: string;
  /** Base64 of the public key's DER, as the resource holds it. */
  readonly clientPublicKey: string;
  /** Sends a signed request; `signedAt` is when it claims to have been signed. */
  post(path: string, body: unknown, signedAt?: Date): Promise<AgentAnswer>;
  beat(counter: number, beat?: Partial<Heartbeat>): Promise<AgentAnswer>;
}

export const createScriptedMachine = (endpoint: string): ScriptedMachine => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const post: ScriptedMachine['post'] = async (path, body, signedAt = new Date()) => {
    const text = JSON.stringify(body);
    const headers = signedHeaders(privateKey, publicKey, { path, text, signedAt });
    const answer = await fetch(new URL(path, endpoint), { method: 'POST', body: text, headers });
    return { status: answer.status, body: (await answer.json()) as AgentAnswer['body'] };
  };
  return {
    vmId: randomUUID(),
    clientPublicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    post,
    beat: (counter, beat) =>
      post('/agent/v1/heartbeat', {
        counter,
        beatId: randomUUID(),
        copy: { hostName: 'scripted', bootId: 'boot-1' },
        agentVersion: '1.0',
        factsDigest: '0'.repeat(64),
        ...beat,
      }),
  };
};

/** Makes the resource that the machine's key belongs to. */
export const connectScripted = async (arm: ArmClient, path: string, machine: ScriptedMachine): Promise<void> => {
  const { vmId, clientPublicKey } = machine;
  const body = { location: 'local', identity: { type: 'SystemAssigned' }, properties: { vmId, clientPublicKey } };
  const { status } = await arm.send('PUT', `${path}?api-version=2025-01-13`, { body });
  if (status !== 200) throw new Error(`the machine was not created: ${status}`);
  const issued = await machine.post('/agent/v1/certificate', {});
  if (issued.status !== 200) throw new Error(`no certificate: ${JSON.stringify(issued.body)}`);
};

/** HTTP Message Signatures (RFC 9421) over method, path and body digest (RFC 9530), written from the RFCs. */
const signedHeaders = (
  privateKey: KeyObject,
  publicKey: KeyObject,
  { path, text, signedAt }: { path: string; text: string; signedAt: Date },
): Record<string, string> => {
  const { crv, kty, x, y } = publicKey.export({ format: 'jwk' });
  const keyId = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
  const digest = `sha-256=:${createHash('sha256').update(text).digest('base64')}:`;
  const created = Math.floor(signedAt.getTime() / 1000);
  const parameters = `("@method" "@path" "content-digest");created=${created};keyid="${keyId}";alg="ecdsa-p256-sha256"`;
  const base = `"@method": POST\n"@path": ${path}\n"content-digest": ${digest}\n"@signature-params": ${parameters}`;
  const signature = sign('sha256', Buffer.from(base), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return {
    'content-type': 'application/json',
    'content-digest': digest,
    'signature-input': `machine=${parameters}`,
    signature: `machine=:${signature.toString('base64')}:`,
    'holdfast-agent-protocol': '1',
  };
};

/** Facts with everything in them that a server can report. */
export const everyFact: MachineFacts = {
  computerName: 'web-1',
  machineFqdn: 'web-1.example.com',
  dnsFqdn: 'web-1.example.com',
  adFqdn: 'web-1.corp.example.com',
  domainName: 'example.com',
  os: {
    type: 'linux',
    name: 'linux',
    version: '6.1.0-28-amd64',
    sku: 'Debian GNU/Linux 12 (bookworm)',
    edition: 'bookworm',
    installedAt: '2025-01-02T03:04:05Z',
  },
  hardware: {
    manufacturer: 'Example Systems',
    model: 'Rack 1',
    vmUuid: '8b2f6a1e-6f0e-4c9b-9a53-0d7f4c1f2a3b',
    serialNumber: 'SN-1',
    assetTag: 'A-1',
    architecture: 'x64',
    memoryBytes: 68_719_476_736,
    sockets: 2,
    physicalCores: 16,
    logicalCores: 32,
    processors: [
      { name: 'Example CPU', cores: 8 },
      { name: 'Example CPU', cores: 8 },
    ],
  },
  firmware: { type: 'UEFI', serialNumber: 'SN-1' },
  interfaces: [
    {
      id: '2',
      name: 'eth0',
      macAddress: '02:00:00:00:00:01',
      addresses: [
        { address: '192.0.2.10', version: 'IPv4', subnet: '192.0.2.0/24' },
        { address: '2001:db8::10', version: 'IPv6' },
      ],
    },
  ],
  disks: [{ id: 'sda', name: 'sda', path: '/dev/sda', diskType: 'SSD', sizeBytes: 1_000_204_886_016 }],
  cloud: { provider: 'N/A' },
  discovered: { mssql: false, mysql: true, pgsql: true },
};
