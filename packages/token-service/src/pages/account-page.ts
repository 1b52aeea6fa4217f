import { decisionForm } from './decision-form.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import type { Step } from './post-form.ts';

export interface AccountModel extends Step {
  readonly accounts: readonly { readonly userName: string; readonly displayName: string }[];
  readonly appName: string;
}

/** Asks which of the accounts signed in here goes on. The chosen one is posted as `account`, its user name. */
export const accountPage = (model: AccountModel): string =>
  layout(
    { title: 'Choose an account', tenantName: model.tenantName },
    html`<p>You are signing in to <strong><bdi>${model.appName}</bdi></strong>.</p>
${decisionForm(model, {
  step: 'account',
  yes: { id: 'continue', decision: 'continue', label: 'Continue' },
  no: { id: 'other', decision: 'other', label: 'Use another account' },
  content: html`<fieldset><legend>Signed in here</legend>${model.accounts.map(accountChoice)}</fieldset>`,
})}`,
  );

const accountChoice = ({ userName, displayName }: AccountModel['accounts'][number], index: number): Html =>
  html`<label class="choice"><input type="radio" name="account" value="${userName}" ${{ checked: index === 0 }}><span><bdi>${displayName}</bdi><bdi class="quiet">${userName}</bdi></span></label>`;
