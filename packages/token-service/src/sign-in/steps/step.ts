import type { FormFields } from '../../dialect/form-fields.ts';
import type { Left } from '../advance.ts';
import type { BrowserRequest, Reply } from '../browser-request.ts';
import type { Interaction } from '../interaction.ts';
import type { SignInServices } from '../sign-in-services.ts';

/** A form that a page of ours sent. */
export interface StepRequest {
  readonly interaction: Interaction;
  readonly fields: FormFields;
  readonly browser: BrowserRequest;
}

/** Where the sign-in stands after it, or the reply when it leaves the pages. */
export type StepOutcome = { readonly interaction: Interaction; readonly left?: Left } | { readonly reply: Reply };

/** One page's answer. What the person got wrong is left for the page to say; what ends the sign-in is thrown. */
export type StepHandler = (request: StepRequest, services: SignInServices) => Promise<StepOutcome>;
