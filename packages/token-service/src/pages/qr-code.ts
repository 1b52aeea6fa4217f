import { encode } from 'uqr';
import { type Html, html } from './html.ts';

/** A QR code as one path of unit squares. Readers want it dark on light with a quiet border of four, in any colour scheme. */
export const qrCode = (text: string, alternative: string): Html => {
  const { size, data } = encode(text, { border: 4 });
  const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return html`<svg class="qr" role="img" aria-label="${alternative}" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="currentColor" d="${squares.join('')}"/></svg>`;
};
