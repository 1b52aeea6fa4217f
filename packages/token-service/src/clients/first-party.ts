import { noRedirectUris, type RedirectUris } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';

/** A program that every tenant knows without registering it, because people's tools have its id built in. */
export interface FirstPartyApp {
  readonly appId: Uuid;
  readonly displayName: string;
  readonly redirectUris: RedirectUris;
}

/** Any port and path of the person's own computer (RFC 8252 section 7.3). */
const loopback: RedirectUris = {
  ...noRedirectUris,
  publicClient: ['http://localhost', 'http://127.0.0.1', 'http://[::1]'],
};

const app = (appId: string, displayName: string): FirstPartyApp => ({
  appId: appId as Uuid,
  displayName,
  redirectUris: loopback,
});

/** The ids are Azure's; the SDKs' interactive and device-code credentials sign in as the first. */
const firstPartyApps: readonly FirstPartyApp[] = [
  app('04b07795-8ddb-461a-bbee-02f9e1bf7b46', 'Azure CLI'),
  app('1950a258-227b-4e31-a9cf-717495945fc2', 'Azure PowerShell'),
];

export const findFirstPartyApp = (appId: Uuid): FirstPartyApp | undefined =>
  firstPartyApps.find((each) => each.appId === appId);
