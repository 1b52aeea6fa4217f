import type { SignInMetrics } from '@holdfast/token-service';
import { Counter, type Registry } from 'prom-client';

/** `result` is `success` or the error's code: few values, whoever asks. */
export const createSignInMetrics = (registry: Registry): SignInMetrics => {
  const total = new Counter({
    name: 'holdfast_sign_ins_total',
    help: 'Sign-ins, by way and result.',
    labelNames: ['flow', 'result'],
    registers: [registry],
  });
  return {
    count: ({ flow, outcome }) => total.inc({ flow, result: outcome.code === 0 ? 'success' : `AADSTS${outcome.code}` }),
  };
};
