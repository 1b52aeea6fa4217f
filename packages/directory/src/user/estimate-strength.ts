import type { ZxcvbnFactory, ZxcvbnResult } from '@zxcvbn-ts/core';

export interface Strength {
  /** zxcvbn's: 0 to 4. */
  readonly score: number;
  /** What makes it weak, where something does. */
  readonly weakness: 'name' | 'repeated' | 'row' | 'common';
}

/** Time grows faster than length. What comes later can only make a password stronger. */
const mostCharacters = 64;
/** Readings of `@` for `a` and their like; the default of 100 takes seven times as long for digits (half a second). */
const mostSubstitutions = 10;

/** How soon somebody who knows the person's names would guess a password. At most some 60 ms. */
export const estimateStrength = async (characters: readonly string[], names: readonly string[]): Promise<Strength> => {
  const estimated = (await load()).check(characters.slice(0, mostCharacters).join(''), [...names]);
  return { score: estimated.score, weakness: weaknessOf(estimated) };
};

const weaknessOf = ({ sequence, feedback }: ZxcvbnResult): Strength['weakness'] =>
  sequence.some((part) => part['dictionaryName'] === 'userInputs')
    ? 'name'
    : (weaknesses[feedback.warning ?? ''] ?? 'common');

/** By zxcvbn's warnings. */
const weaknesses: Readonly<Record<string, Strength['weakness']>> = {
  simpleRepeat: 'repeated',
  extendedRepeat: 'repeated',
  straightRow: 'row',
  keyPattern: 'row',
  sequences: 'row',
};

let loading: Promise<ZxcvbnFactory> | undefined;

/** The dictionaries take a quarter of a second and 30 MB, so they are loaded when somebody first chooses a password. */
const load = (): Promise<ZxcvbnFactory> => {
  loading ??= loadDictionaries();
  return loading;
};

const loadDictionaries = async (): Promise<ZxcvbnFactory> => {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  return new ZxcvbnFactory({
    dictionary,
    graphs: adjacencyGraphs,
    maxLength: 2 * mostCharacters,
    l33tMaxSubstitutions: mostSubstitutions,
  });
};
