import type { CertificateAnswer, ConnectedMachine, HeartbeatAnswer, MachineTokenAnswer } from '@holdfast/contracts';
import { booleanIn, type Fields, fieldsOf, numberIn, textIn, textOrNullIn, textsIn } from '../parsing/fields.ts';

// The control plane's answers, read field by field: what an agent does not know it ignores, so that newer control planes may say more.

export const parseCertificateAnswer = (raw: unknown): CertificateAnswer => {
  const fields = fieldsOf(raw, 'the answer');
  return {
    machine: machineIn(fields),
    certificatePem: textIn(fields, 'certificatePem'),
    notAfter: textIn(fields, 'notAfter'),
  };
};

export const parseHeartbeatAnswer = (raw: unknown): HeartbeatAnswer => {
  const fields = fieldsOf(raw, 'the answer');
  return {
    counter: numberIn(fields, 'counter'),
    factsWanted: booleanIn(fields, 'factsWanted'),
    cloneSuspectedSince: textOrNullIn(fields, 'cloneSuspectedSince'),
    nextHeartbeatSeconds: numberIn(fields, 'nextHeartbeatSeconds'),
    serverTime: textIn(fields, 'serverTime'),
    machine: machineIn(fields),
  };
};

export const parseTokenAnswer = (raw: unknown): MachineTokenAnswer => {
  const fields = fieldsOf(raw, 'the answer');
  return {
    accessToken: textIn(fields, 'accessToken'),
    expiresOn: numberIn(fields, 'expiresOn'),
    notBefore: numberIn(fields, 'notBefore'),
  };
};

const machineIn = (answer: Fields): ConnectedMachine => {
  const fields = fieldsOf(answer.machine, "'machine'");
  return {
    resourceId: textIn(fields, 'resourceId'),
    location: textIn(fields, 'location'),
    vmId: textIn(fields, 'vmId'),
    tenantId: textIn(fields, 'tenantId'),
    principalId: textIn(fields, 'principalId'),
    clientId: textIn(fields, 'clientId'),
    tags: textsIn(fields, 'tags'),
  };
};
