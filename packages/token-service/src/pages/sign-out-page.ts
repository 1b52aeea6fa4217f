import { html } from './html.ts';
import { layout } from './layout.ts';
import { postForm, type Step } from './post-form.ts';

export interface SignOutModel extends Step {
  readonly userName: string;
}

/** Asks before signing out: any site may send a browser to the logout address (OpenID RP-Initiated Logout 1.0, section 2). */
export const signOutPage = (model: SignOutModel): string =>
  layout(
    { title: 'Sign out?', tenantName: model.tenantName },
    html`<p>You are signed in as <strong><bdi>${model.userName}</bdi></strong>.</p>
${postForm(
  model,
  html`<p class="quiet">To stay signed in, close this page.</p>
<div class="actions"><button class="primary" id="signout" name="step" value="signOut">Sign out</button></div>`,
)}`,
  );
