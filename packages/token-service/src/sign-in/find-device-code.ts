import type { User } from '@holdfast/directory';
import type { DeviceCode } from '../device-code/device-code-store.ts';
import { oauthError } from '../oauth-error.ts';
import { newSignInNote, type SignInNote } from '../sign-in-log/sign-in-note.ts';
import { writeDown } from '../sign-in-log/write-down.ts';
import type { BrowserRequest } from './browser-request.ts';
import type { Guess } from './guess-limits.ts';
import type { SignInServices } from './sign-in-services.ts';

/** The waiting device of a code that a person typed. Only people can ask, and each only so often: codes are short. */
export const findDeviceCode = async (
  userCodeSha256: string,
  { user, browser }: { readonly user: User; readonly browser: BrowserRequest },
  { deviceCodes, limits, signInLog }: SignInServices,
): Promise<DeviceCode> => {
  const guess: Guess = { what: 'userCode', account: user.id, address: browser.address, knownDevice: undefined };
  await limits.check(guess);
  const code = await deviceCodes.findWaiting(Buffer.from(userCodeSha256, 'base64url'), browser.now);
  // To people of another tenant it is as if it were not there.
  if (code !== undefined && (code.tenantId ?? user.tenantId) === user.tenantId) return code;
  await limits.add(guess);
  const unknown = oauthError('userCodeUnknown', {});
  writeDown(signInLog, noteOf(user, browser), unknown);
  throw unknown;
};

/** Who tries codes that are none, or types one that somebody let expire, is of interest to administrators. */
const noteOf = ({ tenantId, id, userPrincipalName: name }: User, browser: BrowserRequest): SignInNote => {
  const { now: at, correlationId, address, userAgent } = browser;
  const note = newSignInNote({ at, correlationId, address, userAgent, flow: 'deviceCode' });
  note.tenantId = tenantId;
  note.principal = { kind: 'user', id, name };
  return note;
};
