import { addMs, hours, newUuid, type Uuid } from '@holdfast/kernel';
import { randomSecret, sha256 } from '../people/random-secret.ts';
import type { BrowserRequest } from './browser-request.ts';
import { setCookie } from './cookies.ts';
import type { ProvenPerson } from './interaction.ts';
import { deviceMarkAge, markDevice } from './known-device.ts';
import type { SignInServices } from './sign-in-services.ts';

/** How long a browser stays signed in. */
const sessionLifetime = hours(12);

/**
 * The session of a person who has just proven to be there: always under a new name, so that one known to somebody before
 * the sign-in is worth nothing after it. A person who came by a session keeps it.
 */
export const beginSession = async (
  person: ProvenPerson,
  browser: BrowserRequest,
  services: SignInServices,
): Promise<{ readonly sid: Uuid; readonly cookies: readonly string[] }> => {
  if (person.sid !== undefined) return { sid: person.sid, cookies: [] };
  const { sessions, sealer, random } = services;
  const [name, sid] = [randomSecret(random), newUuid(random)];
  const { tenantId, userId, at, methods } = person;
  const authentication = { at: new Date(at), methods };
  const expiresAt = addMs(browser.now, sessionLifetime);
  await sessions.insert({ idSha256: sha256(name), sid, tenantId, userId, authentication, expiresAt });
  const { session: old, device } = browser.cookies;
  if (old !== undefined) await sessions.delete(sha256(old));
  const mark = markDevice(device, userId, { sealer, random });
  return { sid, cookies: [setCookie('session', name), setCookie('device', mark, deviceMarkAge)] };
};
