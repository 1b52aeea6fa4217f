import type { StepHandler } from './step.ts';

/** Whether the browser's account is meant, or another. */
export const account: StepHandler = async ({ interaction, fields }) =>
  fields.get('decision') === 'continue'
    ? { interaction: { ...interaction, settled: [...interaction.settled, 'account'] } }
    : { interaction: { ...interaction, otherAccount: true } };
