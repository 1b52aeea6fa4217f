import type { Random } from '@holdfast/kernel';

/** A number in [0, 1), for spreading what would otherwise happen on many servers at once. */
export const fraction = (random: Random): number => {
  const [a = 0, b = 0, c = 0, d = 0] = random.bytes(4);
  return (a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) / 2 ** 32;
};
