import { locationOf, scopeOf } from '@holdfast/arm';
import type { Visibility } from '@holdfast/contracts';
import { describe, expect, test } from 'vitest';
import {
  contextWith,
  createResourcesWorld,
  foreignId,
  groupIdOf,
  now,
  subscriptionId,
  tenantId,
} from '../resources-world.test-support.ts';
import { listResourceGroups } from './list-resource-groups.ts';
import type { ResourceGroup, ResourceGroupQuery } from './resource-group.ts';

const group = (name: string, tags: Record<string, string> = {}): ResourceGroup => ({
  tenantId,
  id: groupIdOf(name),
  location: locationOf('local'),
  tags,
  managedBy: undefined,
  createdAt: now,
  changedAt: now,
  version: 1,
});
const groups = [group('c'), group('B', { site: 'north' }), group('a', { site: 'south' })];

const list = async (query: Record<string, string> = {}, visibility: Visibility = 'everything') => {
  const world = createResourcesWorld(groups);
  const asked: ResourceGroupQuery[] = [];
  const watched: typeof world.groups = {
    ...world.groups,
    list: (each) => {
      asked.push(each);
      return world.groups.list(each);
    },
  };
  const parameters = { subscriptionId };
  const request = {
    context: contextWith({ visibility }),
    parameters,
    query: new Map(Object.entries(query)),
    body: undefined,
  };
  const { body } = await listResourceGroups({ ...world, groups: watched })(request);
  const { value, nextLink } = body as { value: { name: string }[]; nextLink?: string };
  return { names: value.map(({ name }) => name), nextLink, asked: asked[0] };
};

describe('the list of groups', () => {
  test('is ordered by name, without a link when that is all', async () => {
    expect(await list()).toMatchObject({ names: ['a', 'B', 'c'], nextLink: undefined });
  });

  test('can be walked page by page, each group once', async () => {
    const seen: string[] = [];
    let query: Record<string, string> | undefined = { $top: '1', 'api-version': '2021-04-01' };
    while (query !== undefined) {
      const { names, nextLink }: Awaited<ReturnType<typeof list>> = await list(query);
      seen.push(...names);
      const link: URL | undefined = nextLink === undefined ? undefined : new URL(nextLink);
      expect(link?.searchParams.get('api-version') ?? '2021-04-01').toBe('2021-04-01');
      query = link && Object.fromEntries([...link.searchParams].map(([name, value]) => [name.toLowerCase(), value]));
    }
    expect(seen).toEqual(['a', 'B', 'c']);
  });

  test.each<[string, string[], string[]]>([
    ['nothing', [], []],
    ['a group', ['/resourceGroups/B'], ['B']],
    ['two groups', ['/resourceGroups/c', '/resourceGroups/A'], ['a', 'c']],
    ['a resource in a group, which shows no more than itself', ['/resourceGroups/a/providers/x/y/z'], []],
  ])('holds only what is granted: %s', async (_, scopes, names) => {
    const visibility = scopes.map((scope) => scopeOf(`/subscriptions/${subscriptionId}${scope}`));
    expect((await list({}, visibility)).names).toEqual(names);
  });

  test('of a subscription that is another tenant’s is 404', async () => {
    const request = {
      context: contextWith(),
      parameters: { subscriptionId: foreignId },
      query: new Map(),
      body: undefined,
    };
    await expect(listResourceGroups(createResourcesWorld())(request)).rejects.toMatchObject({
      code: 'SubscriptionNotFound',
    });
  });
});

describe('$filter', () => {
  test.each<[string, ResourceGroupQuery['tag']]>([
    ["tagName eq 'site'", { name: 'site' }],
    ["tagName eq 'site' and tagValue eq 'north'", { name: 'site', value: 'north' }],
    ["  tagname EQ 'cost center'  AND  tagvalue eq ''  ", { name: 'cost center', value: '' }],
    ["tagName eq 'site' and tagValue eq 'Ann''s'", { name: 'site', value: "Ann's" }],
    ["tagName eq 'it''s'", { name: "it's" }],
    ['', undefined],
  ])('%s', async (filter, tag) => {
    expect((await list({ $filter: filter })).asked?.tag).toEqual(tag);
  });

  test.each([
    "name eq 'x'",
    "tagName eq ''",
    'tagName eq site',
    "tagName ne 'site'",
    "tagName eq 'a' or tagName eq 'b'",
    "tagValue eq 'north'",
    "tagName eq 'a' and tagValue eq 'b' and tagName eq 'c'",
    "tagName eq 'a'b'",
  ])('%s is refused with what is supported', async (filter) => {
    await expect(list({ $filter: filter })).rejects.toMatchObject({
      status: 400,
      target: '$filter',
      message: expect.stringContaining("tagName eq 'name'"),
    });
  });
});
