import { type Html, html } from './html.ts';

/** A time as the server's log writes it, in UTC to the second. A page without script does not know the reader's zone. */
export const utcTime = (at: Date): Html => {
  const iso = `${at.toISOString().slice(0, 19)}Z`;
  return html`<time datetime="${iso}">${iso.replace('T', ' ')}</time>`;
};
