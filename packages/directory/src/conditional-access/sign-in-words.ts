import type { PresentedKind, SignInFlow } from './policy.ts';

export const withArticle: Readonly<Record<PresentedKind, string>> = {
  password: 'a password',
  external: "another provider's word",
  secret: 'a secret',
  certificate: 'a certificate',
  federated: 'a federated token',
};

export const wordsOfFlow: Readonly<Record<SignInFlow, string>> = {
  browser: 'browser',
  deviceCode: 'device code',
  clientCredentials: 'client credentials',
  refresh: 'refresh token',
};
