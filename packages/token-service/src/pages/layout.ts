import { brandIcon, brandMark } from './brand-mark.ts';
import { type Attributes, type Html, html, inline } from './html.ts';
import { problemBox } from './problem-box.ts';
import { stylesheet } from './stylesheet.ts';

export interface PageFrame {
  /** Names the step, as the heading and in the browser's tab. */
  readonly title: string;
  readonly tenantName?: string | undefined;
  /** What kept the last try from succeeding. */
  readonly error?: string | undefined;
  /** A sign above the heading. */
  readonly sign?: Html | undefined;
  /** `data-…` of the main element, for programs that read the page. */
  readonly data?: Attributes | undefined;
  readonly script?: string | undefined;
}

/** What every page is inside of: one document that needs nothing from anywhere else. */
export const layout = (frame: PageFrame, content: Html): string => {
  const { title, tenantName, error, sign, data = {}, script } = frame;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${error === undefined ? '' : 'Error: '}${title} – Holdfast</title>
${brandIcon}
${inline('style', stylesheet)}
</head>
<body>
<header class="brand">${brandMark}<span>Holdfast${tenantName !== undefined && html` <small><bdi>${tenantName}</bdi></small>`}</span></header>
<main ${data}>
${sign}
<h1>${title}</h1>
${error !== undefined && problemBox(error)}
${content}
</main>
${script !== undefined && inline('script', script)}
</body>
</html>
`.markup;
};
