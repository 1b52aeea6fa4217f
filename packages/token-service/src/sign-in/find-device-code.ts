import type { User } from '@holdfast/directory';
import type { DeviceCode } from '../device-code/device-code-store.ts';
import { oauthError } from '../oauth-error.ts';
import type { BrowserRequest } from './browser-request.ts';
import type { Guess } from './guess-limits.ts';
import type { SignInServices } from './sign-in-services.ts';

/** The waiting device of a code that a person typed. Only people can ask, and each only so often: codes are short. */
export const findDeviceCode = async (
  userCodeSha256: string,
  { user, browser }: { readonly user: User; readonly browser: BrowserRequest },
  { deviceCodes, limits }: SignInServices,
): Promise<DeviceCode> => {
  const guess: Guess = { what: 'userCode', account: user.id, address: browser.address, knownDevice: undefined };
  await limits.check(guess);
  const code = await deviceCodes.findWaiting(Buffer.from(userCodeSha256, 'base64url'), browser.now);
  // To people of another tenant it is as if it were not there.
  if (code !== undefined && (code.tenantId ?? user.tenantId) === user.tenantId) return code;
  await limits.add(guess);
  throw oauthError('userCodeUnknown', {});
};
