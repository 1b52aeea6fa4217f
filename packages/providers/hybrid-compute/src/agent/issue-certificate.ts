import { armError } from '@holdfast/arm';
import type { agentOperations, CertificateAnswer, Handler } from '@holdfast/contracts';
import { addMs, days, minutes, type Uuid } from '@holdfast/kernel';
import type { ConnectedMachineStore } from './connected-machine-store.ts';
import { connectedMachineToWire } from './connected-machine-wire.ts';

/** Certifies a machine's key for a time. */
export interface MachineAuthority {
  issue(
    request: MachineCertificateRequest,
  ): Promise<{ readonly certificatePem: string; readonly serialNumber: string }>;
}

export interface MachineCertificateRequest {
  readonly machineId: Uuid;
  readonly tenantId: Uuid;
  readonly vmId: Uuid;
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** How long an identity certificate lives; agents renew at half of it. */
const lifetime = days(90);
/** Certificates begin a little early, for machines whose clocks are behind. */
const backdated = minutes(5);

/** First and every further identity certificate: the request's signature has proved possession of the key. */
export const issueCertificate =
  (dependencies: {
    connected: ConnectedMachineStore;
    authority: MachineAuthority;
  }): Handler<typeof agentOperations.Agent_IssueCertificate> =>
  async ({ context }) => {
    const { connected, authority } = dependencies;
    const machine = await connected.find(context.caller.machineId);
    if (machine?.key === undefined) throw armError('MachineUnknown', {});
    const { machineId, tenantId, vmId } = machine;
    const notBefore = addMs(context.now, -backdated);
    const notAfter = addMs(context.now, lifetime);
    const publicKey = Buffer.from(machine.key.publicKey, 'base64');
    const { certificatePem, serialNumber } = await authority.issue({
      machineId,
      tenantId,
      vmId,
      publicKey,
      notBefore,
      notAfter,
    });
    await connected.recordCertificate({ machineId, serialNumber, notBefore, notAfter });
    const body: CertificateAnswer = {
      machine: connectedMachineToWire(machine),
      certificatePem,
      notAfter: notAfter.toISOString(),
    };
    return { status: 200, body };
  };
