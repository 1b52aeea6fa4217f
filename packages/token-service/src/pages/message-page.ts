import { html } from './html.ts';
import { layout } from './layout.ts';
import { symbol } from './symbol.ts';

export interface MessageModel {
  readonly title: string;
  readonly text: string;
  /** How it ended, for programs that read the page. */
  readonly outcome: 'done' | 'declined' | 'signed-out';
  readonly tenantName?: string | undefined;
}

const signs = {
  done: symbol('tick', { class: 'outcome done' }),
  declined: symbol('cross', { class: 'outcome' }),
  'signed-out': symbol('tick', { class: 'outcome done' }),
} as const satisfies Record<MessageModel['outcome'], unknown>;

/** Says how it ended, where nothing is left to do. */
export const messagePage = ({ title, text, outcome, tenantName }: MessageModel): string =>
  layout({ title, tenantName, sign: signs[outcome], data: { 'data-outcome': outcome } }, html`<p>${text}</p>`);
