import type { MachineFacts } from '@holdfast/contracts';
import { factNumber, factText } from '../fact-text.ts';
import type { MachineFiles } from '../machine-files.ts';

/** Sizes in sysfs count 512-byte sectors whatever the device's own sector size. */
const sectorBytes = 512;
const listed = 64;

/**
 * The disks a person would count: those with a device behind them. Loop devices, RAM disks, volumes and arrays have
 * none; optical and floppy drives, and the hidden paths of a multipath disk, are left out by name and mark.
 */
export const disks = (files: MachineFiles): MachineFacts['disks'] =>
  files
    .list('/sys/block')
    .filter((name) => !/^(sr|fd)\d/.test(name) && files.list(`/sys/block/${name}`).includes('device'))
    .map((name) => disk(files, name))
    .filter((each) => each !== undefined)
    .slice(0, listed);

const disk = (files: MachineFiles, name: string): MachineFacts['disks'][number] | undefined => {
  const read = (attribute: string): string => factText(files.readText(`/sys/block/${name}/${attribute}`));
  const sizeBytes = factNumber(read('size')) * sectorBytes;
  if (sizeBytes === 0 || read('hidden') === '1') return undefined;
  return {
    id: read('wwid') || read('device/wwid') || read('serial') || read('device/serial') || name,
    name: read('device/model') || name,
    path: `/dev/${name}`,
    diskType: read('removable') === '1' ? 'Removable media' : 'Fixed hard disk media',
    sizeBytes,
  };
};
