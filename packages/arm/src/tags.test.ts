import { describe, expect, test } from 'vitest';
import { parseTags } from './index.ts';

const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`tag${at}`, 'v']));

describe('parseTags', () => {
  test.each<[string, Record<string, string>]>([
    ['none', {}],
    ['as many as allowed', many(50)],
    ['the longest name and value', { ['n'.repeat(512)]: 'v'.repeat(256) }],
    ['an empty value', { owner: '' }],
    ['any value', { owner: '<>%&\\?/ ä' }],
    ['a name of any language', { Besitzerin: 'ä', 所有者: 'x', 'cost center': '1' }],
  ])('takes %s as it is', (_, tags) => {
    expect(parseTags(tags)).toEqual({ ok: true, value: tags });
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ['one too many', many(51), /at most 50 tags; 51 were given/],
    ['an empty name', { '': 'v' }, /1 to 512 characters/],
    ['a long name', { ['n'.repeat(513)]: 'v' }, /1 to 512 characters/],
    ['a long value', { owner: 'v'.repeat(257) }, /more than 256 characters/],
    ['two names that differ by case', { Owner: 'a', owner: 'b' }, /given twice/],
    ...[...'<>%&\\?/'].map((sign): [string, Record<string, string>, RegExp] => [
      `the sign ${sign}`,
      { [`a${sign}b`]: 'v' },
      /not allowed/,
    ]),
  ])('refuses %s', (_, tags, words) => {
    const refused = parseTags(tags);
    expect(refused).toMatchObject({ ok: false, error: { status: 400, code: 'InvalidTag', target: 'tags' } });
    expect(!refused.ok && refused.error.message).toMatch(words);
  });
});
