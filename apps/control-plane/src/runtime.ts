import { type Clock, createSystemClock, type Random } from '@holdfast/kernel';
import { destination, type Logger, pino } from 'pino';
import type { Config } from './config/config.ts';
import { createSystemRandom } from './system-random.ts';

/** Time, chance and the log of a real process. */
export interface Runtime {
  readonly clock: Clock;
  readonly random: Random;
}

export const systemRuntime = (): Runtime => ({
  clock: createSystemClock(globalThis),
  random: createSystemRandom(),
});

/** Fields by these names never reach the log, wherever they stand. */
const secretFields = [
  'password',
  'secret',
  'client_secret',
  'clientSecret',
  'client_assertion',
  'accessToken',
  'authorization',
];

export const createLog = ({ log, logLevel }: Pick<Config, 'log' | 'logLevel'>): Logger =>
  pino(
    { level: logLevel, redact: { paths: secretFields.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]) } },
    destination(
      log === 'stderr' ? { dest: 2, sync: true } : { dest: log, mkdir: true, append: true, mode: 0o600, sync: false },
    ),
  );
