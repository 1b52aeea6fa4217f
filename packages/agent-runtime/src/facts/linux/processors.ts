import { factText } from '../fact-text.ts';
import type { MachineFiles } from '../machine-files.ts';
import { armModelName } from './arm-models.ts';

export interface Processors {
  readonly sockets: number;
  readonly physicalCores: number;
  readonly processors: { name: string; cores: number }[];
  /** The processor says that a hypervisor runs it. */
  readonly virtual: boolean;
}

/** Where one logical processor sits; equal texts mean the same socket, the same core. */
interface Seat {
  readonly socket: string;
  readonly core: string;
}

type CpuInfo = readonly ReadonlyMap<string, string>[];

/** The most processors the wire takes. */
const listed = 64;

/**
 * Sockets and cores from the kernel's topology, else from /proc/cpuinfo, which has none on ARM and on some virtual
 * machines: there each logical processor counts as a core of one socket.
 */
export const readProcessors = (files: MachineFiles, logicalCores: number): Processors => {
  const cpus = parseCpuInfo(files.readText('/proc/cpuinfo') ?? '');
  const seats = topologySeats(files) ?? cpuInfoSeats(cpus) ?? flatSeats(logicalCores);
  const sockets = [...new Set(seats.map((seat) => seat.socket))];
  const name = modelName(cpus);
  return {
    sockets: sockets.length,
    physicalCores: countCores(seats),
    processors: sockets
      .slice(0, listed)
      .map((socket) => ({ name, cores: countCores(seats.filter((seat) => seat.socket === socket)) })),
    virtual: cpus.some((cpu) => cpu.get('flags')?.split(' ').includes('hypervisor') ?? false),
  };
};

const countCores = (seats: readonly Seat[]): number => new Set(seats.map((seat) => `${seat.socket}/${seat.core}`)).size;

const parseCpuInfo = (text: string): CpuInfo =>
  text
    .split(/\n\s*\n/)
    .map((block) => new Map(block.split('\n').flatMap(field)))
    .filter((cpu) => cpu.size > 0);

const field = (line: string): [string, string][] => {
  const colon = line.indexOf(':');
  return colon === -1 ? [] : [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()]];
};

const topologySeats = (files: MachineFiles): Seat[] | undefined => {
  const seats = files
    .list('/sys/devices/system/cpu')
    .filter((name) => /^cpu\d+$/.test(name))
    .flatMap((name): Seat[] => {
      const folder = `/sys/devices/system/cpu/${name}/topology`;
      const socket = files.readText(`${folder}/physical_package_id`)?.trim();
      // The set of a core's threads names the core, where core_id repeats in each die of a socket.
      const core = files.readText(`${folder}/thread_siblings_list`)?.trim();
      // A processor that is switched off has no topology.
      return socket === undefined || core === undefined ? [] : [{ socket, core }];
    });
  return seats.length === 0 ? undefined : seats;
};

const cpuInfoSeats = (cpus: CpuInfo): Seat[] | undefined => {
  const seats = cpus.flatMap((cpu): Seat[] => {
    const socket = cpu.get('physical id');
    const core = cpu.get('core id');
    return socket === undefined || core === undefined ? [] : [{ socket, core }];
  });
  return seats.length === 0 ? undefined : seats;
};

const flatSeats = (logicalCores: number): Seat[] =>
  Array.from({ length: Math.max(1, logicalCores) }, (_, at) => ({ socket: '0', core: String(at) }));

const modelName = (cpus: CpuInfo): string => {
  const [first] = cpus;
  const named = cpus.map((cpu) => cpu.get('model name') ?? cpu.get('cpu model') ?? cpu.get('cpu')).find((name) => name);
  return factText(named ?? armModelName(first?.get('CPU implementer'), first?.get('CPU part')));
};
