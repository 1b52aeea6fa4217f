import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { postForm, type Step } from './post-form.ts';
import { textField } from './text-field.ts';

export interface NewPasswordModel extends Step {
  readonly reason: 'expired' | 'mustChange';
  /** What a password must be, for people. */
  readonly rules: string;
  /** Lets a password manager find the entry to change. */
  readonly userName: string;
  readonly error?: string | undefined;
}

const reasons = {
  expired: 'Your password has expired.',
  mustChange: 'Your password was set by somebody else, so only you should know the next one.',
} as const satisfies Record<NewPasswordModel['reason'], string>;

export const newPasswordPage = (model: NewPasswordModel): string =>
  layout(
    { title: 'Choose a new password', tenantName: model.tenantName, error: model.error },
    html`<p>${reasons[model.reason]}</p>
${postForm(model, passwordFields(model))}`,
  );

const passwordFields = ({ rules, userName, error }: NewPasswordModel): Html => {
  const invalid = error !== undefined;
  const attributes = { type: 'password', autocomplete: 'new-password' };
  return html`<input type="text" autocomplete="username" value="${userName}" hidden readonly>
${textField({ name: 'new_password', label: 'New password', hint: rules, invalid, attributes: { ...attributes, autofocus: true } })}
${textField({ name: 'repeat', label: 'New password again', invalid, attributes })}
<div class="actions"><button class="primary" id="change" name="step" value="newPassword">Change password</button></div>`;
};
