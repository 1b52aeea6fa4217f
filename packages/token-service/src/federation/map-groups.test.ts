import { newUuid } from '@holdfast/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { random } from '../../test/test-directory.ts';
import { mapGroups } from './map-groups.ts';

const [ops, admins, manual] = [newUuid(random), newUuid(random), newUuid(random)];
const provider = { groupClaim: 'groups', groups: { ops, 'Server Admins': admins, 'ops-too': ops } };

test.each<[string, Record<string, unknown>, (typeof ops)[], { add: (typeof ops)[]; remove: (typeof ops)[] }]>([
  ['enters what the claim names', { groups: ['ops', 'Server Admins'] }, [], { add: [ops, admins], remove: [] }],
  ['stays where the claim still names', { groups: ['ops'] }, [ops], { add: [], remove: [] }],
  ['leaves what it names no more', { groups: ['ops'] }, [ops, admins], { add: [], remove: [admins] }],
  ['leaves all when it names none', { groups: [] }, [ops, admins], { add: [], remove: [ops, admins] }],
  ['leaves all when there is no claim', {}, [ops], { add: [], remove: [ops] }],
  ['keeps groups that no mapping names', { groups: [] }, [manual], { add: [], remove: [] }],
  ['enters one group by two names once', { groups: ['ops', 'ops-too', 'ops'] }, [], { add: [ops], remove: [] }],
  ['is in a group by the second name too', { groups: ['ops-too'] }, [ops], { add: [], remove: [] }],
  ['may have one group as text', { groups: 'ops' }, [], { add: [ops], remove: [] }],
  ['is in no group of another spelling', { groups: ['OPS', ' ops'] }, [], { add: [], remove: [] }],
  [
    'is in no group that every object has',
    { groups: ['constructor', '__proto__', 'toString'] },
    [],
    { add: [], remove: [] },
  ],
  ['is in no group by its id here', { groups: [manual, ops] }, [], { add: [], remove: [] }],
  [
    'is in no group by something else than text',
    { groups: [7, null, ['ops'], { ops: 1 }] },
    [],
    { add: [], remove: [] },
  ],
  ['stays when the groups were too many to tell', { _claim_names: { groups: 'src1' } }, [ops], { add: [], remove: [] }],
])('a person %s', (_, claims, current, changes) => {
  expect(mapGroups(provider, claims, current)).toEqual(changes);
});

test('a provider without a group claim changes nothing', () => {
  expect(mapGroups({ ...provider, groupClaim: undefined }, { groups: ['ops'] }, [admins])).toEqual({
    add: [],
    remove: [],
  });
  expect(mapGroups({ ...provider, groupClaim: 'constructor' }, {}, [])).toEqual({ add: [], remove: [] });
});

test('whatever the claims say, only mapped groups are touched, and the second time none', () => {
  const value = fc.oneof(
    fc.jsonValue(),
    fc.array(fc.constantFrom('ops', 'ops-too', 'Server Admins', 'x', '__proto__')),
  );
  const claims = fc.dictionary(fc.constantFrom('groups', '_claim_names', 'x'), value);
  fc.assert(
    fc.property(claims, fc.subarray([ops, admins, manual]), (told, current) => {
      const { add, remove } = mapGroups(provider, told, current);
      expect([...add, ...remove].every((id) => id === ops || id === admins)).toBe(true);
      const after = [...current.filter((id) => !remove.includes(id)), ...add];
      expect(mapGroups(provider, told, after)).toEqual({ add: [], remove: [] });
    }),
  );
});
