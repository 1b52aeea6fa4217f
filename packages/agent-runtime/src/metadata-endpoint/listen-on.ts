import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, err, ok, type Result, seconds } from '@holdfast/kernel';

/** The port that is held now, or why none is. */
export type ListenOutcome = Result<number, Error>;

export interface Listening {
  readonly host: string;
  readonly port: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Called after each try. */
  readonly onOutcome: (outcome: ListenOutcome) => void;
}

const retryMs = seconds(30);

/** Tries until the address can be had or `signal` aborts. */
export const listenOn = async (server: Server, listening: Listening): Promise<void> => {
  while (!listening.signal.aborted) {
    try {
      return listening.onOutcome(ok(await listenOnce(server, listening)));
    } catch (error) {
      listening.onOutcome(err(error as Error));
    }
    await listening.clock.sleep(retryMs, listening.signal);
  }
};

const listenOnce = (server: Server, { host, port }: Listening): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
