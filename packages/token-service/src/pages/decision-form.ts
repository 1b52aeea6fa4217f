import { type Html, html } from './html.ts';
import { postForm, type Step } from './post-form.ts';

/** A button of a decision; its id is given because tests and scripts press it by that. */
export interface Choice {
  readonly id: string;
  readonly decision: string;
  readonly label: string;
}

export interface Decision {
  readonly step: string;
  readonly yes: Choice;
  readonly no: Choice;
  readonly content?: Html | undefined;
}

/** Two ways on. Neither has the focus: nobody agrees by a key pressed too soon. */
export const decisionForm = (model: Step, { step, yes, no, content }: Decision): Html =>
  postForm(
    model,
    html`<input type="hidden" name="step" value="${step}">
${content}
<div class="actions">${[
      html`<button class="primary" id="${yes.id}" name="decision" value="${yes.decision}">${yes.label}</button>`,
      html`<button id="${no.id}" name="decision" value="${no.decision}">${no.label}</button>`,
    ]}</div>`,
  );
