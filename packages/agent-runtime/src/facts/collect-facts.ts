import type { MachineFacts } from '@holdfast/contracts';
import type { Clock } from '@holdfast/kernel';
import { type CloudProbe, createCloudProbe } from './cloud-probe.ts';
import { createLinuxPlatform } from './linux/linux-platform.ts';

/** One operating system's way of describing the machine it runs on. Local reads only; what it cannot see is empty. */
export interface FactsPlatform {
  look(): MachineFacts;
}

export interface FactsSources {
  readonly clock: Clock;
  /** The running system when not given. */
  readonly platform?: FactsPlatform;
  /** Asked only when the firmware does not name a cloud. A daemon makes one and keeps it: it asks once. */
  readonly probeCloud?: CloudProbe;
}

/** The facts of this machine. It never fails: a fact that cannot be read is empty, 0 or absent. */
export const collectFacts = async (sources: FactsSources): Promise<MachineFacts> => {
  const { clock, platform = createLinuxPlatform(), probeCloud = createCloudProbe({ clock }) } = sources;
  const facts = platform.look();
  if (facts.cloud.provider !== '') return facts;
  return { ...facts, cloud: { provider: await probeCloud() } };
};
