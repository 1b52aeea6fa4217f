import { decisionForm } from './decision-form.ts';
import { facts } from './facts.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';
import type { Step } from './post-form.ts';

export interface ConsentModel extends Step {
  readonly appName: string;
  readonly appId: string;
  /** Who vouches for the application, in a sentence. */
  readonly publisherNote: string;
  readonly resourceName: string;
  readonly scopes: readonly { readonly name: string; readonly description: string }[];
  readonly userName: string;
}

/** Asks whether an application may act for the user. */
export const consentPage = (model: ConsentModel): string => {
  const { appName, resourceName, userName } = model;
  return layout(
    { title: 'Allow access?', tenantName: model.tenantName },
    html`<p><strong><bdi>${appName}</bdi></strong> asks for access to <strong><bdi>${resourceName}</bdi></strong> in your name. It wants to:</p>
<ul class="scopes">${model.scopes.map(
      ({ name, description }) => html`<li>${description}<span class="code"><bdi>${name}</bdi></span></li>`,
    )}</ul>
<p class="quiet">${model.publisherNote} Accept only if you know this application and trust it.</p>
${facts([
  ['Signed in as', html`<bdi>${userName}</bdi>`],
  ['Application ID', html`<span class="code">${model.appId}</span>`],
])}
${decisionForm(model, {
  step: 'consent',
  yes: { id: 'accept', decision: 'accept', label: 'Accept' },
  no: { id: 'decline', decision: 'decline', label: 'Decline' },
})}`,
  );
};
