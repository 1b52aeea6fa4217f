import type { MachineFacts } from '@holdfast/contracts';
import { factText } from '../fact-text.ts';
import type { MachineFiles } from '../machine-files.ts';
import { readOsRelease } from './os-release.ts';

/** Before this the root file system's age says when an image was made by a tool, not when a system was installed. */
const oldestPlausibleInstall = Date.UTC(2000, 0, 1);

export const operatingSystem = (files: MachineFiles): MachineFacts['os'] => {
  const release = readOsRelease(files);
  const edition = factText(release.get('VARIANT'));
  const made = files.madeAt('/');
  return {
    type: 'linux',
    name: 'linux',
    version: factText(files.readText('/proc/sys/kernel/osrelease')),
    sku: factText(release.get('PRETTY_NAME') ?? release.get('NAME')),
    ...(edition === '' ? {} : { edition }),
    ...(made === undefined || made.getTime() < oldestPlausibleInstall ? {} : { installedAt: made.toISOString() }),
  };
};
