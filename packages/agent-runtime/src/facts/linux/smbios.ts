import { factText } from '../fact-text.ts';
import type { MachineFiles } from '../machine-files.ts';

/** What the firmware says of the machine (SMBIOS). Serial numbers and the UUID are readable by root only. */
export interface Smbios {
  readonly manufacturer: string;
  readonly model: string;
  readonly uuid: string;
  readonly serialNumber: string;
  readonly assetTag: string;
  readonly biosVendor: string;
}

/** Board makers' texts for "we did not fill this in". */
const placeholder =
  /^(to be filled( by o\.?e\.?m\.?)?|not (specified|available|applicable|settable)|none|n\/?a|default string|system (serial number|manufacturer|product name)|no asset (tag|information)|unknown|x+|0+|[-.]+|123456789)\.?$/i;

export const readSmbios = (files: MachineFiles): Smbios => {
  const read = (name: string): string => {
    const text = factText(files.readText(`/sys/class/dmi/id/${name}`));
    return placeholder.test(text) ? '' : text;
  };
  return {
    manufacturer: read('sys_vendor'),
    model: read('product_name'),
    uuid: read('product_uuid'),
    serialNumber: read('product_serial'),
    assetTag: read('chassis_asset_tag'),
    biosVendor: read('bios_vendor'),
  };
};
