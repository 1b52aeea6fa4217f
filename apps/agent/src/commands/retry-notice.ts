import type { RetryPolicy } from '../cloud/send-with-retry.ts';
import type { Report } from '../output/report.ts';

/** Tells the user why a command takes its time. */
export const retryNotice =
  (report: Report, who: string): RetryPolicy['onRetry'] =>
  (reason, waitMs) =>
    report.warning(`${who} is not available (${reason}). Trying again in ${Math.round(waitMs / 1000)} s`);
