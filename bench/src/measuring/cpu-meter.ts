import { readFileSync } from 'node:fs';
import type { Figures } from '../benchmark.ts';
import { rounded } from './distribution.ts';
import { cpuSecondsOf, cpuSecondsOfTree, ticksPerSecond } from './processes.ts';

export interface Measured {
  readonly controlPlane: number;
  /** The postmaster; its children count with it. */
  readonly postgres: number;
  readonly clients: readonly number[];
}

/**
 * Begins to measure; call the result for how many cores each part has kept busy since. `others` is everything else on this
 * machine and `stolen` what its host gave to somebody else: with much of either, the figures are not the product's.
 */
export const startCpuMeter = (pids: Measured): (() => Figures) => {
  const [before, begun] = [sample(pids), performance.now()];
  return () => {
    const after = sample(pids);
    const seconds = (performance.now() - begun) / 1000;
    const cores = (part: keyof Sample) => Math.max(0, (after[part] - before[part]) / seconds);
    const own = cores('controlPlane') + cores('postgres') + cores('clients');
    return {
      controlPlane: rounded(cores('controlPlane')),
      postgres: rounded(cores('postgres')),
      clients: rounded(cores('clients')),
      others: rounded(Math.max(0, cores('busy') - own)),
      stolen: rounded(cores('stolen')),
    };
  };
};

interface Sample {
  readonly controlPlane: number;
  readonly postgres: number;
  readonly clients: number;
  readonly busy: number;
  readonly stolen: number;
}

const sample = ({ controlPlane, postgres, clients }: Measured): Sample => ({
  controlPlane: cpuSecondsOf(controlPlane),
  postgres: cpuSecondsOfTree(postgres),
  clients: clients.reduce((sum, pid) => sum + cpuSecondsOf(pid), 0),
  ...wholeMachine(),
});

/** proc_stat(5): user, nice, system, idle, iowait, irq, softirq, steal. */
const wholeMachine = (): { busy: number; stolen: number } => {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n', 1);
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = line
    .replace(/^cpu +/, '')
    .split(' ')
    .map((ticks) => Number(ticks) / ticksPerSecond);
  return { busy: user + nice + system + irq + softirq, stolen: steal };
};
