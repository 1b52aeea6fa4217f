import { type Attributes, type Html, html } from './html.ts';
import { problemId } from './problem-box.ts';

export interface TextField {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** The problem of the page is this field's. */
  readonly invalid?: boolean;
  readonly attributes: Attributes;
}

/** A field with a label that stays visible. Its id is its name. */
export const textField = ({ name, label, hint, invalid = false, attributes }: TextField): Html => {
  const hintId = `${name}-hint`;
  const describedBy = [...(invalid ? [problemId] : []), ...(hint === undefined ? [] : [hintId])].join(' ');
  const state: Attributes = {
    'aria-invalid': invalid && 'true',
    'aria-describedby': describedBy !== '' && describedBy,
    ...attributes,
  };
  return html`<div class="field"><label for="${name}">${label}</label>
${hint !== undefined && html`<span class="hint" id="${hintId}">${hint}</span>`}
<input id="${name}" name="${name}" required ${state}></div>`;
};
