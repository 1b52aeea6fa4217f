import type { User } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { describe, expect, test } from 'vitest';
import { decideNext, isNext, type Next, type SignInFacts } from './decide-next.ts';
import type { ProvenPerson } from './interaction.ts';

const proven: ProvenPerson = { tenantId: 't' as Uuid, userId: 'u' as Uuid, at: 0, methods: ['pwd'] };
const session: ProvenPerson = { ...proven, sid: 's' as Uuid };
const totp = { sealedSecret: new Uint8Array(), lastStep: 0 };

interface Case {
  readonly proof?: ProvenPerson;
  readonly user?: Partial<User>;
  readonly facts?: Partial<SignInFacts>;
}

const decide = ({ proof = proven, user = {}, facts = {} }: Case): Next => {
  const person = { proof, user: { enabled: true, mustChangePassword: false, totp: undefined, ...user } as User };
  return decideNext({ ...begun, person, ...facts });
};

const begun: SignInFacts = {
  person: undefined,
  session: undefined,
  meansAnother: false,
  prompts: [],
  settled: [],
  firstParty: true,
  purpose: 'authorize',
  rightTenant: true,
  policies: { decision: 'grant', policies: [] },
  consent: { kind: 'granted', scopes: [] },
};

const ask = (page: string) => ({ kind: 'ask', page });
const refuse = (because: string) => ({ kind: 'refuse', because });
const mfaRequired = { policies: { decision: 'mfaRequired', policies: [] } } as const;
const blocked = { policies: { decision: 'block', policies: [] } } as const;
const askPerson = { consent: { kind: 'askPerson', missing: [], scopes: [] } } as const;
const device = { purpose: 'device' } as const;
const withMfa: ProvenPerson = { ...proven, methods: ['pwd', 'otp', 'mfa'] };
const external: ProvenPerson = { ...proven, methods: ['fed'] };

describe('while nobody has proven to be there', () => {
  test.each<[string, Partial<SignInFacts>, object]>([
    ['a stranger signs in', {}, ask('signIn')],
    ['the browser’s session is used', { session }, { kind: 'useSession', session }],
    ['prompt=login asks again', { session, prompts: ['login'] }, ask('signIn')],
    [
      'prompt=login asks again whatever was chosen',
      { session, prompts: ['login', 'select_account'], settled: ['account'] },
      ask('signIn'),
    ],
    ['prompt=select_account asks which account', { session, prompts: ['select_account'] }, ask('account')],
    [
      'the chosen account goes on',
      { session, prompts: ['select_account'], settled: ['account'] },
      { kind: 'useSession', session },
    ],
    ['a hint at somebody else asks which account', { session, meansAnother: true }, ask('account')],
    ['a device asks which account', { session, ...device }, ask('account')],
    ['settled decisions prove nothing', { settled: ['account', 'device', 'consent'] }, ask('signIn')],
  ])('%s', (_, facts, next) => {
    expect(decideNext({ ...begun, ...facts })).toEqual(next);
  });
});

describe('for a person', () => {
  test.each<[string, Case, object]>([
    ['nothing is left to do', {}, { kind: 'finish' }],
    [
      'who is disabled, that wins over all',
      { user: { enabled: false }, facts: { rightTenant: false, ...blocked } },
      refuse('disabled'),
    ],
    [
      'of another tenant, nothing of its policies is told',
      { facts: { rightTenant: false, ...blocked } },
      refuse('otherTenant'),
    ],
    [
      'whom a policy blocks, nothing more is asked',
      { user: { mustChangePassword: true, totp }, facts: blocked },
      refuse('blocked'),
    ],
    ['whose password was given, another is chosen', { user: { mustChangePassword: true } }, ask('newPassword')],
    ['the second factor comes before the new password', { user: { mustChangePassword: true, totp } }, ask('otp')],
    [
      'the new password comes after the second factor',
      { proof: withMfa, user: { mustChangePassword: true, totp } },
      ask('newPassword'),
    ],
    [
      'the new password comes before a first authenticator',
      { user: { mustChangePassword: true }, facts: mfaRequired },
      ask('newPassword'),
    ],
    [
      'with a session, a given password is asked for first',
      { proof: session, user: { mustChangePassword: true } },
      ask('signIn'),
    ],
    [
      'who came from another provider, no password of ours is asked',
      { proof: external, user: { mustChangePassword: true } },
      { kind: 'finish' },
    ],
    ['with an authenticator, it is asked for', { user: { totp } }, ask('otp')],
    ['with an authenticator and a session, it is not', { proof: session, user: { totp } }, { kind: 'finish' }],
    [
      'with an authenticator and a session, a policy asks for it',
      { proof: session, user: { totp }, facts: mfaRequired },
      ask('otp'),
    ],
    [
      'from another provider, the authenticator is not asked for',
      { proof: external, user: { totp } },
      { kind: 'finish' },
    ],
    [
      'from another provider, a policy asks for it',
      { proof: external, user: { totp }, facts: mfaRequired },
      ask('otp'),
    ],
    ['without an authenticator, a policy makes one', { facts: mfaRequired }, ask('enrol')],
    ['a session alone cannot choose the second factor', { proof: session, facts: mfaRequired }, ask('signIn')],
    [
      'with both factors, a policy has what it wants',
      { proof: withMfa, user: { totp }, facts: mfaRequired },
      { kind: 'finish' },
    ],
    ['a device is confirmed', { facts: device }, ask('device')],
    ['a device is confirmed after every proof', { user: { totp }, facts: device }, ask('otp')],
    ['consent comes after the device', { facts: { ...device, ...askPerson, firstParty: false } }, ask('device')],
    ['consent is asked for', { facts: { ...askPerson, firstParty: false } }, ask('consent')],
    [
      'consent that was given is asked for again when the program wants it',
      { facts: { prompts: ['consent'], firstParty: false } },
      ask('consent'),
    ],
    ['and once only', { facts: { prompts: ['consent'], firstParty: false, settled: ['consent'] } }, { kind: 'finish' }],
    ['a first-party program asks nobody', { facts: { prompts: ['consent'] } }, { kind: 'finish' }],
    [
      'settled consent does not stand for consent',
      { facts: { ...askPerson, firstParty: false, settled: ['consent'] } },
      ask('consent'),
    ],
    [
      'an administrator has to consent',
      { facts: { consent: { kind: 'askAdministrator' }, firstParty: false } },
      refuse('administratorMustConsent'),
    ],
    [
      'a permission nobody knows ends it',
      { facts: { consent: { kind: 'unknownPermission', name: 'X' } } },
      { ...refuse('unknownPermission'), name: 'X' },
    ],
  ])('%s', (_, given, next) => {
    expect(decideNext({ ...begun, person: undefined })).toEqual(ask('signIn'));
    expect(decide(given)).toEqual(next);
  });
});

test('only the page that is shown may be answered', () => {
  expect(isNext('signIn', begun)).toBe(true);
  expect(isNext('consent', begun)).toBe(false);
});
