import { expect, test } from 'vitest';
import { cloudOfFirmware } from './cloud-of-firmware.ts';

const blank = { manufacturer: '', model: '', uuid: '', serialNumber: '', assetTag: '', biosVendor: '' };
const hyperV = { manufacturer: 'Microsoft Corporation', model: 'Virtual Machine' };

test.each([
  ['AWS', { manufacturer: 'Amazon EC2' }],
  ['AWS', { manufacturer: 'Xen', biosVendor: 'Amazon EC2' }],
  ['GCP', { manufacturer: 'Google', model: 'Google Compute Engine' }],
  ['Azure', { ...hyperV, assetTag: '7783-7084-3265-9085-8269-3286-77' }],
  ['', { ...hyperV, assetTag: '8831-0000-1111-2222-3333-4444-55' }],
  ['OCI', { manufacturer: 'QEMU', assetTag: 'OracleCloud.com' }],
  ['', { manufacturer: 'Dell Inc.' }],
])('%s is recognised by its firmware (%j)', (provider, smbios) => {
  expect(cloudOfFirmware({ ...blank, ...smbios })).toBe(provider);
});
