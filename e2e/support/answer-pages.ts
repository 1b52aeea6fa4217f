import type { Page } from 'playwright-core';

/** Somebody who signs in with a password. */
export interface Person {
  readonly username: string;
  readonly password: string;
}

/** The button that each page of a sign-in goes on with. */
const buttons = ['signin', 'accept', 'confirm', 'continue', 'signout'] as const;
type Button = (typeof buttons)[number];

/** Does on one page after the other what it asks for, until one asks for nothing. Says which pages these were. */
export const answerPages = async (page: Page, person?: Person): Promise<readonly Button[]> => {
  const asked: Button[] = [];
  for (;;) {
    const button = await buttonOf(page);
    if (button === undefined) return asked;
    if (asked.includes(button)) throw new Error(`${button} is asked for again:\n${await textOf(page)}`);
    asked.push(button);
    if (button === 'signin') await fillIn(page, person);
    await press(page, button);
  }
};

/** Presses a button and waits for the page that it leads to. */
export const press = async (page: Page, id: string): Promise<void> => {
  const loaded = page.waitForEvent('load');
  await page.click(`#${id}`);
  await loaded;
};

export const textOf = (page: Page): Promise<string> => page.locator('body').innerText();

const buttonOf = async (page: Page): Promise<Button | undefined> => {
  const found = page.locator(buttons.map((id) => `button#${id}`).join());
  if ((await found.count()) === 0) return undefined;
  const id = await found.first().getAttribute('id');
  return buttons.find((button) => button === id);
};

const fillIn = async (page: Page, person?: Person): Promise<void> => {
  if (person === undefined) throw new Error('nobody was to sign in');
  await page.fill('input[name=username]', person.username);
  await page.fill('input[name=password]', person.password);
};

/** Enters the code that a device shows, and says whose device it is. */
export const answerDevice = async (page: Page, device: { url: string; code: string }, person: Person) => {
  await page.goto(device.url);
  await page.fill('input[name=user_code]', device.code);
  await press(page, 'next');
  const asked = await answerPages(page, person);
  return { asked, outcome: await page.locator('[data-outcome]').getAttribute('data-outcome') };
};
