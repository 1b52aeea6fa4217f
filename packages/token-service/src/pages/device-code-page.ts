import { html } from './html.ts';
import { layout } from './layout.ts';
import { postForm, type Step } from './post-form.ts';
import { textField } from './text-field.ts';
import { warningBox } from './warning-box.ts';

export interface DeviceCodeModel extends Step {
  readonly error?: string | undefined;
  /** The code as the address brought it. People still compare it (RFC 8628 section 3.3.1). */
  readonly prefill?: string | undefined;
}

/** Asks for the code that a device without a browser shows. */
export const deviceCodePage = (model: DeviceCodeModel): string =>
  layout(
    { title: 'Enter the device code', tenantName: model.tenantName, error: model.error },
    html`<p>Type the code exactly as the device or the command line shows it.</p>
${warningBox([
  html`Enter a code only if you started this yourself. If somebody sent you the code, by mail, chat or telephone, they want to sign in as you: close this page.`,
])}
${postForm(
  model,
  html`${textField({
    name: 'user_code',
    label: 'Code',
    invalid: model.error !== undefined,
    attributes: {
      type: 'text',
      class: 'code capitals',
      autocomplete: 'off',
      autocapitalize: 'characters',
      spellcheck: 'false',
      maxlength: '32',
      value: model.prefill,
      autofocus: true,
    },
  })}
<div class="actions"><button class="primary" id="next" name="step" value="userCode">Next</button></div>`,
)}`,
  );
