import { type Html, html } from './html.ts';
import { symbol } from './symbol.ts';

/** What to know before going on. */
export const warningBox = (paragraphs: readonly Html[]): Html =>
  html`<div class="box warning" role="note">${symbol('exclamation')}<div>${paragraphs.map((each) => html`<p>${each}</p>`)}</div></div>`;
