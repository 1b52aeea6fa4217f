import { type Html, html } from './html.ts';

const shapes = {
  tick: html`<path d="m7.5 12.5 3 3 6-6.5"/>`,
  cross: html`<path d="m8.5 8.5 7 7m0-7-7 7"/>`,
  exclamation: html`<path d="M12 7v6m0 3.5v.01"/>`,
} as const;

/** A sign in a circle beside words that say the same. */
export const symbol = (shape: keyof typeof shapes, attributes: { readonly class?: string } = {}): Html =>
  html`<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false" ${attributes}><circle cx="12" cy="12" r="10"/>${shapes[shape]}</svg>`;
