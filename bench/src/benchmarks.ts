import type { Benchmark } from './benchmark.ts';
import { connects } from './benchmarks/connects.ts';
import { grants } from './benchmarks/grants.ts';
import { guessing } from './benchmarks/guessing.ts';
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
  grants,
  guessing,
  reads,
  startup,
  memory,
};
