import { html } from './html.ts';
import { layout } from './layout.ts';

export interface FormPostModel {
  /** A registered address of the application, `http` or `https`. */
  readonly redirectUri: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** The only script of the pages. The prototype's method: a field named `submit` hides the form's own. */
export const formPostScript = 'HTMLFormElement.prototype.submit.call(document.forms[0])';

/** Posts the response to the application (OAuth 2.0 Form Post Response Mode, section 2); a button does so without script. */
export const formPostPage = ({ redirectUri, fields }: FormPostModel): string =>
  layout(
    { title: 'Back to the application', script: formPostScript },
    html`<p>If nothing happens, press the button.</p>
<form method="post" action="${redirectUri}">${Object.entries(fields).map(
      ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
    )}
<div class="actions"><button class="primary">Continue</button></div>
</form>`,
  );
