export interface Palette {
  readonly ground: string;
  readonly card: string;
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  /** Edges of fields and buttons, which must be seen (WCAG 1.4.11). */
  readonly edge: string;
  readonly accent: string;
  readonly accentPressed: string;
  readonly onAccent: string;
  readonly link: string;
  readonly error: string;
  readonly errorGround: string;
  readonly warning: string;
  readonly warningGround: string;
  readonly success: string;
}

/** The colours of the pages. Their contrast is tested in both schemes. */
export const palettes: Readonly<Record<'light' | 'dark', Palette>> = {
  light: {
    ground: '#eef2f3',
    card: '#ffffff',
    text: '#17242b',
    quiet: '#4d5f68',
    line: '#d5dee2',
    edge: '#70828b',
    accent: '#0b5c66',
    accentPressed: '#084750',
    onAccent: '#ffffff',
    link: '#0b5c66',
    error: '#a61b1b',
    errorGround: '#fdf1f0',
    warning: '#8a5200',
    warningGround: '#fff7e6',
    success: '#1a6b3c',
  },
  dark: {
    ground: '#0f171b',
    card: '#18232a',
    text: '#e7eef1',
    quiet: '#a8b8c0',
    line: '#2f3f48',
    edge: '#7d909a',
    accent: '#5fc3cd',
    accentPressed: '#86d5dd',
    onAccent: '#062428',
    link: '#7dd3dc',
    error: '#ffb3ab',
    errorGround: '#371d1d',
    warning: '#f2c063',
    warningGround: '#33290f',
    success: '#83d6a2',
  },
};
