import { isNext } from '../decide-next.ts';
import { learn } from '../learn.ts';
import { declineDevice } from './decline-device.ts';
import type { StepHandler } from './step.ts';

/** Whether the device is the person's own: the moment at which phishing with a device code fails, or does not. */
export const device: StepHandler = async ({ interaction, fields, browser }, services) => {
  const known = await learn(interaction, browser, services);
  if (!isNext('device', known.facts)) return { interaction };
  if (fields.get('decision') === 'confirm')
    return { interaction: { ...interaction, settled: [...interaction.settled, 'device'] } };
  return declineDevice(known, browser, services);
};
