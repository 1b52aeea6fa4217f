import { type Html, html } from './html.ts';

/** What is known, each by its name. */
export const facts = (rows: readonly (readonly [name: string, value: Html])[]): Html =>
  html`<dl>${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
