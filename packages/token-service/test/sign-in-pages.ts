import type { User } from '@holdfast/directory';
import { testPassword } from './test-authority.ts';
import type { Place, TestBrowser } from './test-browser.ts';
import type { Fields, TestProgram } from './test-program.ts';

/** Types a name and a password. */
export const typePassword = (browser: TestBrowser, page: Place, user: User): Promise<Place> =>
  browser.submit(page, { username: user.userPrincipalName, password: testPassword }, 'signin');

/** A whole sign-in with a password alone, up to where it leads. */
export const signIn = async (
  browser: TestBrowser,
  { program, user, changes = {} }: { readonly program: TestProgram; readonly user: User; readonly changes?: Fields },
): Promise<Place> => typePassword(browser, await browser.open(program.authorize(changes)), user);

/** Types a device's code and signs in, up to the question whether the device is theirs. */
export const confirmDevice = async (
  browser: TestBrowser,
  { user, userCode }: { readonly user: User; readonly userCode: string },
): Promise<Place> => {
  const start = await browser.open('/devicelogin');
  return typePassword(browser, await browser.submit(start, { user_code: userCode }), user);
};
