import { type Html, html } from './html.ts';
import { symbol } from './symbol.ts';

/** Fields with a problem are described by it. */
export const problemId = 'problem';

/** What went wrong, read out at once. */
export const problemBox = (error: string): Html =>
  html`<div class="box problem" role="alert" id="${problemId}">${symbol('exclamation')}<p>${error}</p></div>`;
