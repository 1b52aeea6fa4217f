import { facts } from './facts.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';
import { symbol } from './symbol.ts';
import { utcTime } from './utc-time.ts';

export interface ErrorPageModel {
  readonly title: string;
  /** The catalogue's public words. */
  readonly words: string;
  /** The AADSTS number. */
  readonly code: number;
  readonly traceId: string;
  readonly correlationId: string;
  readonly timestamp: Date;
  readonly tenantName?: string | undefined;
}

/** A fault that no application is told of, with what a help desk needs to find it in the log. */
export const errorPage = (model: ErrorPageModel): string => {
  const { title, words, code, traceId, correlationId, timestamp, tenantName } = model;
  return layout(
    {
      title,
      tenantName,
      sign: symbol('exclamation', { class: 'outcome failed' }),
      data: { 'data-error': String(code) },
    },
    html`<p>${words}</p>
<h2>For your help desk</h2>
${facts([
  ['Error', html`<span class="code">AADSTS${code}</span>`],
  ['Trace ID', html`<span class="code">${traceId}</span>`],
  ['Correlation ID', html`<span class="code">${correlationId}</span>`],
  ['Time', utcTime(timestamp)],
])}`,
  );
};
