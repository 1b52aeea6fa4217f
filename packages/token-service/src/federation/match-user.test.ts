import { defaultTenantPolicy, type IdentityProvider, type User } from '@holdfast/directory';
import { newUuid } from '@holdfast/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { random } from '../../test/test-directory.ts';
import { matchUser, nameOf } from './match-user.ts';

const now = new Date('2026-11-23T12:00:00Z');
const tenant = {
  id: newUuid(random),
  displayName: 'Contoso',
  defaultDomain: 'contoso.example',
  policy: defaultTenantPolicy,
};
const provider: IdentityProvider = {
  id: newUuid(random),
  tenantId: tenant.id,
  displayName: 'Partner',
  issuer: 'https://id.partner.example',
  clientId: 'holdfast',
  sealedClientSecret: new Uint8Array(),
  scopes: [],
  createsUsers: true,
  groupClaim: undefined,
  groups: {},
  trustsMfa: false,
  createdAt: now,
};

const match = (claims: Record<string, unknown>, changes: Partial<IdentityProvider> = {}, subject = 's-1') => {
  const identity = { subject, claims, mfa: false };
  return matchUser(undefined, { provider: { ...provider, ...changes }, tenant, identity }, { random, now });
};
const candidatesOf = (matched: ReturnType<typeof matchUser>): readonly User[] =>
  matched.kind === 'new' ? matched.candidates : [];
const namesFor = (claims: Record<string, unknown>, subject?: string) =>
  candidatesOf(match(claims, {}, subject)).map((user) => user.userPrincipalName);

describe('a federated person', () => {
  test('who was here before is that user, whatever else the claims say now', () => {
    const [known] = candidatesOf(match({ name: 'Ada', email: 'ada@partner.example' }));
    const identity = { subject: 's-1', claims: { email: 'admin@contoso.example' }, mfa: false };
    const matched = matchUser(known, { provider, tenant, identity }, { random, now });
    expect(matched).toEqual({ kind: 'known', user: known });
  });

  test('who is new is refused where the provider makes no users', () => {
    expect(match({ email: 'ada@partner.example' }, { createsUsers: false })).toEqual({ kind: 'refused' });
  });

  test('becomes a user without a password, tied to provider and subject', () => {
    const claims = { name: 'Ada L', given_name: 'Ada', family_name: 'L', email: 'ada@partner.example', groups: ['x'] };
    const [user] = candidatesOf(match(claims));
    expect(user).toMatchObject({
      tenantId: tenant.id,
      displayName: 'Ada L',
      profile: { mail: 'ada@partner.example', givenName: 'Ada', surname: 'L' },
      passwordHash: undefined,
      mustChangePassword: false,
      enabled: true,
      totp: undefined,
      external: { providerId: provider.id, subject: 's-1' },
      tokensValidFrom: now,
    });
  });

  test('is one user under every name it may get', () => {
    const candidates = candidatesOf(match({ preferred_username: 'ada@contoso.example', email: 'a@partner.example' }));
    expect(candidates.length).toBe(3);
    expect(new Set(candidates.map((user) => user.id)).size).toBe(1);
  });
});

describe('the name of a new user', () => {
  const guest = /^[a-z0-9.+_-]+#EXT#@contoso\.example$/;

  test.each<[string, Record<string, unknown>, string]>([
    [
      "is the person's own in the tenant's domain",
      { preferred_username: 'Ada@Contoso.example' },
      'ada@contoso.example',
    ],
    ['is a verified address there', { email: 'ada@contoso.example', email_verified: true }, 'ada@contoso.example'],
    [
      'says where a guest is from',
      { preferred_username: 'ada@partner.example' },
      'ada_partner.example#EXT#@contoso.example',
    ],
    ['is taken from the address', { email: 'Ada.L@partner.example' }, 'ada.l_partner.example#EXT#@contoso.example'],
    ['is the subject where nothing else is said', {}, 's-1#EXT#@contoso.example'],
    [
      'has no letters that names cannot have',
      { preferred_username: 'Jörg Müller' },
      'j_rg_m_ller#EXT#@contoso.example',
    ],
  ])('%s', (_, claims, name) => {
    expect(namesFor(claims)[0]).toBe(name);
  });

  test.each<[string, Record<string, unknown>]>([
    ['an address that nobody verified', { email: 'admin@contoso.example' }],
    ['an address verified in words only', { email: 'admin@contoso.example', email_verified: 'true' }],
    ['a domain that ends like the tenant’s', { preferred_username: 'admin@evilcontoso.example' }],
    ['a domain below the tenant’s', { preferred_username: 'admin@x.contoso.example' }],
    ['two domains', { preferred_username: 'admin@contoso.example@contoso.example' }],
    ['a guest of another', { preferred_username: 'x#EXT#@contoso.example' }],
    ['a name with blanks', { preferred_username: 'ad min@contoso.example' }],
    ['a name with a line break', { preferred_username: 'admin\n@contoso.example' }],
    ['letters that look alike', { preferred_username: 'аdmin@contoso.example' }],
    ['a number', { preferred_username: 7 }],
  ])('does not come from %s', (_, claims) => {
    for (const name of namesFor(claims)) expect(name).toMatch(guest);
  });

  test('is at last one that only this subject of this provider can have', () => {
    const claims = { preferred_username: 'ada@partner.example' };
    const last = (subject: string) => namesFor(claims, subject).at(-1);
    expect(last('s-1')).toMatch(/^ada_partner\.example_[0-9a-f]{16}#EXT#@contoso\.example$/);
    expect(last('s-2')).not.toBe(last('s-1'));
  });

  test('comes from inherited claims never, and is well-formed for any claims', () => {
    expect(namesFor(Object.create({ preferred_username: 'admin@contoso.example' }))[0]).toBe(
      's-1#EXT#@contoso.example',
    );
    const names = ['preferred_username', 'email', 'email_verified', 'name', 'given_name', '__proto__'];
    const likely = fc.constantFrom(
      'ada@contoso.example',
      'a@partner.example',
      '@contoso.example',
      'a#EXT#@contoso.example',
    );
    const text = fc.oneof(fc.string({ maxLength: 300 }), fc.string({ unit: 'binary', maxLength: 100 }), likely);
    const claims = fc.dictionary(fc.constantFrom(...names), fc.oneof(text, fc.jsonValue()));
    fc.assert(
      fc.property(claims, text, (told, subject) => {
        const candidates = candidatesOf(match(told, {}, subject));
        expect(candidates.length).toBeGreaterThan(0);
        for (const { userPrincipalName, displayName, profile } of candidates) {
          expect(userPrincipalName).toMatch(/^[\w.+'#-]{1,90}@contoso\.example$/);
          for (const line of [displayName, ...Object.values(profile)]) {
            expect(line.length).toBeLessThanOrEqual(512);
            expect(line).not.toMatch(/[\p{Cc}\u2028\u202e]/u);
          }
        }
        expect(typeof nameOf({ subject, claims: told, mfa: false })).toBe('string');
      }),
    );
  });
});
