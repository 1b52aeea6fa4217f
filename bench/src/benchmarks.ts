import type { Benchmark } from './benchmark.ts';
import { connects } from './benchmarks/connects.ts';
import { heartbeats } from './benchmarks/heartbeats.ts';
import { memory } from './benchmarks/memory.ts';
import { reads } from './benchmarks/reads.ts';
import { startup } from './benchmarks/startup.ts';
import { tokens } from './benchmarks/tokens.ts';

/** By the name on the command line. */
export const benchmarks: Readonly<Record<string, Benchmark>> = {
  heartbeats,
  connects,
  tokens,
  reads,
  startup,
  memory,
};
