/** Implementer and part numbers (MIDR_EL1) of the ARM cores that servers have; the kernel gives numbers, not names. */
const models: ReadonlyMap<string, string> = new Map([
  ['0x41/0xd03', 'ARM Cortex-A53'],
  ['0x41/0xd07', 'ARM Cortex-A57'],
  ['0x41/0xd08', 'ARM Cortex-A72'],
  ['0x41/0xd0b', 'ARM Cortex-A76'],
  ['0x41/0xd0c', 'ARM Neoverse-N1'],
  ['0x41/0xd40', 'ARM Neoverse-V1'],
  ['0x41/0xd49', 'ARM Neoverse-N2'],
  ['0x41/0xd4f', 'ARM Neoverse-V2'],
  ['0x41/0xd8e', 'ARM Neoverse-N3'],
  ['0xc0/0xac3', 'Ampere-1'],
  ['0xc0/0xac4', 'Ampere-1a'],
]);

/** A core's name, or its numbers when it is not in the table; empty when there are none. */
export const armModelName = (implementer: string | undefined, part: string | undefined): string => {
  if (implementer === undefined || part === undefined) return '';
  return models.get(`${implementer}/${part}`) ?? `ARM implementer ${implementer} part ${part}`;
};
