import { html } from './html.ts';

/** Holdfast's mark: an H that grips with roots, as kelp grips the rock whatever the sea does. It says nothing the name does not. */
export const brandMark = html`<svg viewBox="0 0 40 40" aria-hidden="true" focusable="false"><rect width="40" height="40" rx="9" class="plate"/><path class="root" d="M13 7v16c0 4-1.5 7-4.5 10M27 7v16c0 4 1.5 7 4.5 10M13 18.5h14M13 23c0 4 1 7 3 10M27 23c0 4-1 7-3 10"/></svg>`;

/** The same for the browser's tab, where no style sheet reaches. */
export const brandIcon = html`<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 40'%3E%3Crect width='40' height='40' rx='9' fill='%230b5c66'/%3E%3Cpath fill='none' stroke='%23fff' stroke-width='3' stroke-linecap='round' stroke-linejoin='round' d='M13 7v16c0 4-1.5 7-4.5 10M27 7v16c0 4 1.5 7 4.5 10M13 18.5h14M13 23c0 4 1 7 3 10M27 23c0 4-1 7-3 10'/%3E%3C/svg%3E">`;
