import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { postForm, type Step } from './post-form.ts';
import { textField } from './text-field.ts';
import { warningBox } from './warning-box.ts';

export interface SignInModel extends Step {
  /** The application that asks. */
  readonly appName: string;
  readonly username?: string | undefined;
  /** Only this user may sign in here. */
  readonly usernameFixed?: boolean | undefined;
  readonly error?: string | undefined;
  readonly providers: readonly { readonly id: string; readonly displayName: string }[];
  /** A code that another device shows led here. */
  readonly deviceNotice?: boolean | undefined;
}

/** Asks who it is: a password, or another provider's word. */
export const signInPage = (model: SignInModel): string => {
  const { appName, tenantName, error, deviceNotice = false } = model;
  return layout(
    { title: 'Sign in', tenantName, error },
    html`<p>You are signing in to <strong><bdi>${appName}</bdi></strong>.</p>
${deviceNotice && warningBox([html`You entered a code that a device shows. Go on only if you started this yourself: whoever holds that device gets the access you give.`])}
${postForm(model, passwordStep(model))}
${
  model.providers.length > 0 &&
  html`<p class="or">or</p>
${postForm(model, html`<div class="actions">${model.providers.map(providerButton)}</div>`)}`
}`,
  );
};

const passwordStep = ({ username, usernameFixed = false, error }: SignInModel): Html => {
  const invalid = error !== undefined;
  const nameKnown = username !== undefined && username !== '';
  const name = textField({
    name: 'username',
    label: 'User name',
    invalid: invalid && !usernameFixed,
    attributes: {
      type: 'text',
      inputmode: 'email',
      autocomplete: 'username',
      autocapitalize: 'none',
      spellcheck: 'false',
      value: username,
      readonly: usernameFixed,
      autofocus: !nameKnown,
    },
  });
  const password = textField({
    name: 'password',
    label: 'Password',
    invalid,
    attributes: { type: 'password', autocomplete: 'current-password', autofocus: nameKnown },
  });
  return html`${name}
${password}
<div class="actions"><button class="primary" id="signin" name="step" value="password">Sign in</button></div>`;
};

/** In a form of their own: a password that is typed already goes to nobody else's sign-in. */
const providerButton = ({ id, displayName }: SignInModel['providers'][number]): Html =>
  html`<button name="provider" value="${id}">Sign in with <bdi>${displayName}</bdi></button>`;
