// A program of somebody's that runs in the browser: it knows its own id, the authority, and no secret.
import { PublicClientApplication } from '@azure/msal-browser';

/** What the server of the page put into it. */
export interface SpaSettings {
  readonly clientId: string;
  readonly authority: string;
  readonly knownAuthorities: string[];
}

/** What the page lets tests do as its person would. */
export interface Spa {
  /** Who is signed in. */
  readonly username: string | undefined;
  signIn(): Promise<void>;
  /** From the cache unless `fresh`. */
  token(scope: string, fresh: boolean): Promise<string>;
  signOut(): Promise<void>;
}

declare const spaSettings: SpaSettings;

const app = new PublicClientApplication({ auth: spaSettings });
await app.initialize();
const back = await app.handleRedirectPromise();
const account = back?.account ?? app.getAllAccounts()[0];

const spa: Spa = {
  username: account?.username,
  signIn: () => app.loginRedirect({ scopes: [] }),
  token: async (scope, forceRefresh) => {
    if (account === undefined) throw new Error('nobody is signed in');
    return (await app.acquireTokenSilent({ scopes: [scope], account, forceRefresh })).accessToken;
  },
  signOut: () => app.logoutRedirect(account === undefined ? {} : { account }),
};
Object.assign(globalThis, { spa });
