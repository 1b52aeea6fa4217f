import { type Html, html } from './html.ts';

/** What every step of an interaction knows. */
export interface Step {
  /** Where its form is posted: an address of ours. */
  readonly action: string;
  /** The interaction so far, sealed. */
  readonly ctx: string;
  readonly tenantName?: string | undefined;
}

export const postForm = ({ action, ctx }: Step, content: Html): Html =>
  html`<form method="post" action="${action}"><input type="hidden" name="ctx" value="${ctx}">
${content}
</form>`;
