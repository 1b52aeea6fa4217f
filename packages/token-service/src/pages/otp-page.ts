import { html } from './html.ts';
import { layout } from './layout.ts';
import { otpField } from './otp-field.ts';
import { postForm, type Step } from './post-form.ts';

export interface OtpModel extends Step {
  readonly appName: string;
  readonly userName?: string | undefined;
  readonly error?: string | undefined;
}

/** Asks for the second factor. */
export const otpPage = (model: OtpModel): string =>
  layout(
    { title: 'Enter your code', tenantName: model.tenantName, error: model.error },
    html`<p>Open your authenticator app to continue to <strong><bdi>${model.appName}</bdi></strong>${
      model.userName !== undefined && html` as <bdi>${model.userName}</bdi>`
    }.</p>
${postForm(
  model,
  html`${otpField({ error: model.error, autofocus: true })}
<div class="actions"><button class="primary" id="verify" name="step" value="otp">Verify</button></div>`,
)}`,
  );
