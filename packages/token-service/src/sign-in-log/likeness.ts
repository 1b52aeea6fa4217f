import type { NewSignIn } from './new-sign-in.ts';

/** Of the sign-ins under one key in one window, the first `own` are entries of their own; the last counts the others. */
export interface Likeness {
  readonly key: string;
  readonly own: number;
}

/** What programs do is often the same; a person's success never is. */
export const likenessOf = (signIn: NewSignIn): Likeness | undefined => {
  if (signIn.outcome.code !== 0) return { key: failureKey(signIn), own: 5 };
  return signIn.principal.kind === 'servicePrincipal' ? { key: successKey(signIn), own: 1 } : undefined;
};

const successKey = (signIn: NewSignIn): string => {
  const { tenantId, principal, app, resource, address, credential, flow } = signIn;
  const opinions = signIn.policies.map(({ id, result }) => `${id}=${result}`);
  return key(
    'success',
    tenantId,
    principal.id,
    app.appId,
    resource,
    address,
    credential.kind,
    credential.id,
    flow,
    ...opinions,
  );
};

const failureKey = ({ tenantId, app, principal, address, outcome }: NewSignIn): string =>
  key('failure', tenantId, app.appId, principal.id ?? principal.name, address, outcome.code);

/** Failures from one address for one reason under ever other names: guessing. */
export const guessing = ({ tenantId, address, outcome }: NewSignIn): Likeness => ({
  key: key('guessing', tenantId, address, outcome.code),
  own: 50,
});

/** The entry that stands for the rest of them. */
export const anybody = (signIn: NewSignIn): NewSignIn => ({
  ...signIn,
  principal: { kind: 'unknown', id: undefined, name: '(several)' },
  app: { appId: undefined, displayName: '(several)' },
  resource: undefined,
  credential: { kind: signIn.credential.kind, id: undefined },
  policies: [],
});

/** JSON keeps the parts apart, whatever stands in them. */
const key = (...parts: readonly (string | number | undefined)[]): string => JSON.stringify(parts);
