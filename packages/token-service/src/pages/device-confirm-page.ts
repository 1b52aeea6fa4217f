import { decisionForm } from './decision-form.ts';
import { facts } from './facts.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';
import type { Step } from './post-form.ts';
import { utcTime } from './utc-time.ts';
import { warningBox } from './warning-box.ts';

export interface DeviceConfirmModel extends Step {
  readonly appName: string;
  /** The network address that asked for the code. */
  readonly address: string;
  readonly userAgentSummary: string;
  readonly requestedAt: Date;
  readonly userName: string;
}

/** Asks whether the device that waits is the user's: the last chance against a code that somebody else sent. */
export const deviceConfirmPage = (model: DeviceConfirmModel): string => {
  const { appName, address, userAgentSummary, requestedAt, userName } = model;
  return layout(
    { title: 'Is this your device?', tenantName: model.tenantName },
    html`<p>A device wants to use <strong><bdi>${appName}</bdi></strong> as <strong><bdi>${userName}</bdi></strong>.</p>
${facts([
  ['Asked from', html`<bdi class="code">${address}</bdi>`],
  ['Program', html`<bdi>${userAgentSummary}</bdi>`],
  ['Asked at', utcTime(requestedAt)],
])}
${warningBox([
  html`<strong>Confirm only if you started this yourself, on that device, just now.</strong>`,
  html`Whoever holds the device can then act as you. Nobody who helps you needs you to confirm a code of theirs. If the address or the time looks strange, cancel.`,
])}
${decisionForm(model, {
  step: 'device',
  yes: { id: 'confirm', decision: 'confirm', label: 'Confirm' },
  no: { id: 'cancel', decision: 'cancel', label: 'Cancel' },
})}`,
  );
};
