import { expect, test } from 'vitest';
import { type Palette, palettes } from './palette.ts';

/** WCAG 2.2, "relative luminance". */
const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const contrast = (one: string, other: string): number => {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
};

/** Text needs 4.5 to 1 (1.4.3), the edges of controls and signs 3 to 1 (1.4.11). */
const pairs: readonly (readonly [keyof Palette, keyof Palette, number])[] = [
  ['text', 'ground', 4.5],
  ['text', 'card', 4.5],
  ['text', 'errorGround', 4.5],
  ['text', 'warningGround', 4.5],
  ['quiet', 'ground', 4.5],
  ['quiet', 'card', 4.5],
  ['link', 'card', 4.5],
  ['onAccent', 'accent', 4.5],
  ['onAccent', 'accentPressed', 4.5],
  ['accent', 'card', 3],
  ['accent', 'ground', 3],
  ['edge', 'card', 3],
  ['edge', 'ground', 3],
  ['error', 'card', 3],
  ['error', 'errorGround', 3],
  ['warning', 'card', 3],
  ['warning', 'warningGround', 3],
  ['success', 'card', 3],
];

test('the measure is the one of the guidelines', () => {
  expect(contrast('#000000', '#ffffff')).toBe(21);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});

test.each(pairs)('%s on %s has a contrast of %d to 1 in both schemes', (front, back, least) => {
  for (const palette of Object.values(palettes)) {
    expect(contrast(palette[front], palette[back])).toBeGreaterThanOrEqual(least);
  }
});
