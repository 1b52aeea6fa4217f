import { html } from './html.ts';
import { layout } from './layout.ts';
import { otpField } from './otp-field.ts';
import { postForm, type Step } from './post-form.ts';
import { qrCode } from './qr-code.ts';

export interface OtpEnrolModel extends Step {
  readonly secretBase32: string;
  /** The same secret as `otpauth://totp/…`. */
  readonly uri: string;
  readonly error?: string | undefined;
}

/** Shows a new secret to an authenticator app, and asks for a code to see that it arrived. */
export const otpEnrolPage = (model: OtpEnrolModel): string => {
  const { secretBase32, uri, error } = model;
  return layout(
    { title: 'Set up your authenticator app', tenantName: model.tenantName, error },
    html`<p>From now on, signing in also takes a code from an app on your phone. Any app for time-based codes will do.</p>
<ol>
<li>Scan this picture with the app. Is the app on this device? <a href="${uri}">Open it here</a>.
${qrCode(uri, 'QR code for your authenticator app. The key below says the same.')}
If you can do neither, enter this key in the app:
<code class="secret code">${secretBase32.match(/.{1,4}/gs)?.join(' ')}</code></li>
<li>Enter the code that the app shows.</li>
</ol>
${postForm(
  model,
  html`${otpField({ error, autofocus: error !== undefined })}
<div class="actions"><button class="primary" id="verify" name="step" value="enrol">Verify</button></div>`,
)}`,
  );
};
