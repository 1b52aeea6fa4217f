import { createHash } from 'node:crypto';
import { addMs, type Clock, days, minutes } from '@holdfast/kernel';
import type { Sealer } from '@holdfast/sealing';
import { oauthError } from '../oauth-error.ts';
import type { Interaction } from './interaction.ts';

/** Seals interactions into pages, for one browser and for a quarter of an hour. */
export interface InteractionSeal {
  seal(interaction: Interaction, browser: string): string;
  /** Throws `interactionExpired` for what is too old, another browser's, or not ours. */
  open(text: string, browser: string): Interaction;
}

const lifetime = minutes(15);
const longest = 65_536;

/**
 * The label carries the browser's random name, which it keeps in a cookie: a form that another site, or another browser,
 * sends cannot be opened (cross-site request forgery, and signing a person in as somebody else).
 */
export const createInteractionSeal = (sealer: Sealer, clock: Clock): InteractionSeal => {
  // A key a day: pages are sealed often, and by anybody who asks for one.
  const sealerOf = (at: Date) => sealer.derive(`interaction ${at.toISOString().slice(0, 10)}`);
  return {
    seal: (interaction, browser) => {
      const plain = Buffer.from(JSON.stringify(interaction));
      return Buffer.from(sealerOf(clock.now()).seal(plain, labelOf(browser))).toString('base64url');
    },
    open: (text, browser) => {
      const now = clock.now();
      const opened = [now, addMs(now, -days(1))].map((day) => tryOpen(sealerOf(day), text, browser));
      const interaction = opened.find((each) => each !== undefined);
      if (interaction === undefined || now.getTime() - interaction.startedAt > lifetime)
        throw oauthError('interactionExpired', {});
      return interaction;
    },
  };
};

const labelOf = (browser: string): string =>
  `interaction:${createHash('sha256').update(browser, 'utf8').digest('base64url')}`;

const tryOpen = (sealer: Sealer, text: string, browser: string): Interaction | undefined => {
  if (text.length > longest || browser === '') return undefined;
  try {
    const plain = sealer.open(Buffer.from(text, 'base64url'), labelOf(browser));
    return JSON.parse(Buffer.from(plain).toString('utf8')) as Interaction;
  } catch {
    return undefined;
  }
};
