import type { Heartbeat, MachineFacts } from '@holdfast/contracts';
import { type Clock, minutes, type Random } from '@holdfast/kernel';
import type { Log } from '../log/log.ts';

/** Everything himds takes from outside. */
export interface HimdsOptions {
  /** `/` on a real server. */
  readonly root: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly collectFacts: () => Promise<MachineFacts>;
  /** How often facts are collected, in milliseconds; an hour by default. */
  readonly factsEveryMs?: number;
  /** 0 takes any free port. */
  readonly metadataPort: number;
  readonly agentVersion: string;
  readonly copy: Heartbeat['copy'];
}

export const defaultFactsEveryMs = minutes(60);
