import type { Smbios } from './smbios.ts';

interface Mark {
  readonly provider: string;
  matches(smbios: Smbios): boolean;
}

/** How the clouds mark the firmware of their machines. */
const marks: readonly Mark[] = [
  { provider: 'AWS', matches: (it) => it.manufacturer === 'Amazon EC2' || it.biosVendor === 'Amazon EC2' },
  { provider: 'GCP', matches: (it) => it.model === 'Google Compute Engine' },
  {
    provider: 'Azure',
    // Hyper-V elsewhere has the same vendor and model; the tag is Azure's alone.
    matches: (it) => it.manufacturer === 'Microsoft Corporation' && it.assetTag === '7783-7084-3265-9085-8269-3286-77',
  },
  { provider: 'OCI', matches: (it) => it.assetTag === 'OracleCloud.com' },
];

/** The cloud the machine runs in as its firmware tells, or empty. */
export const cloudOfFirmware = (smbios: Smbios): string => marks.find((mark) => mark.matches(smbios))?.provider ?? '';
