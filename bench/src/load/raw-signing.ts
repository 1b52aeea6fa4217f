import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { promisify } from 'node:util';

/** RS256 signatures per second with a 2048-bit key, without anything around them. */
export interface Rate {
  /** `crypto.sign` after `crypto.sign`: one core. */
  readonly onePerSecond: number;
  /** Eight under way in the thread pool: as many cores as there are, up to four. */
  readonly eightPerSecond: number;
}

const signAsync = promisify(sign);

/** As long as the signing input of an access token. */
const payload = randomBytes(700);

export const rawSigning = async (seconds: number): Promise<Rate> => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const onePerSecond = await rate(seconds, 1, async () => sign('sha256', payload, privateKey));
  const eightPerSecond = await rate(seconds, 8, () => signAsync('sha256', payload, privateKey));
  return { onePerSecond, eightPerSecond };
};

const rate = async (seconds: number, concurrency: number, once: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now();
  let signed = 0;
  const drive = async (): Promise<void> => {
    while (performance.now() - begun < seconds * 1000) {
      await once();
      signed += 1;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, drive));
  return signed / ((performance.now() - begun) / 1000);
};
