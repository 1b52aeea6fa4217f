import { unwrap } from '@holdfast/kernel';
import { describe, expect, test } from 'vitest';
import { apiVersion, isSince, parseApiVersion } from './index.ts';

const core = { oldest: '2015-11-01', listed: ['2021-04-01', '2022-09-01'] };
const machines = { ...core, resourceType: 'Microsoft.HybridCompute/machines', oldest: '2019-03-18' };

describe('parseApiVersion', () => {
  test.each(['2015-11-01', '2021-04-01', '2099-12-31', '2023-10-03-preview', '2018-05-01'])(
    'takes %s: any date from the oldest modelled on',
    (version) => {
      expect(parseApiVersion(version, core)).toEqual({ ok: true, value: version });
    },
  );

  test('does not mind letter case', () => {
    expect(unwrap(parseApiVersion('2023-10-03-PREVIEW', core))).toBe('2023-10-03-preview');
  });

  test.each([undefined, ''])('%j is missing', (raw) => {
    expect(parseApiVersion(raw, core)).toMatchObject({ ok: false, error: { code: 'MissingApiVersionParameter' } });
  });

  test.each(['2015-10-31', '2021', 'latest', '2021-4-1', '2021-04-01-', '2021-04-01-preview2', ' 2021-04-01', '1.0'])(
    'refuses %j in the words of ARM core, or of the provider',
    (raw) => {
      expect(parseApiVersion(raw, core)).toMatchObject({
        error: {
          status: 400,
          code: 'InvalidApiVersionParameter',
          message: `The api-version '${raw}' is invalid. The supported versions are '2021-04-01,2022-09-01'.`,
        },
      });
      const refused = parseApiVersion(raw === '2015-10-31' ? '2019-03-17' : raw, machines);
      expect(refused).toMatchObject({
        error: {
          status: 400,
          code: 'NoRegisteredProviderFound',
          message: expect.stringContaining("The supported api-versions are '2021-04-01, 2022-09-01'."),
        },
      });
    },
  );

  test('takes an old name of a version as that version', () => {
    const support = { ...core, oldest: '2015-01-01', aliases: { '1.0': '2015-01-01' } };
    expect(parseApiVersion('1.0', support)).toEqual({ ok: true, value: '2015-01-01' });
  });
});

test.each([
  ['2024-07-10', '2024-07-10', true],
  ['2024-07-09', '2024-07-10', false],
  ['2024-07-31-preview', '2024-07-31', true],
  ['2024-07-10', '2024-07-31-preview', false],
  ['2024-11-10-preview', '2024-07-31', true],
])('%s has what came with %s: %s', (version, first, expected) => {
  expect(isSince(apiVersion(version), first)).toBe(expected);
});
