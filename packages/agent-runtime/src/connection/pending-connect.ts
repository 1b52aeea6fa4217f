import type { ConnectTarget } from '../local-api/messages.ts';
import { fieldsOf, textIn } from '../parsing/fields.ts';
import { parseConnectTarget } from './parse-connect-target.ts';

/** An identity that was prepared for a target and that the control plane has not confirmed. */
export interface PendingConnect {
  readonly target: ConnectTarget;
  readonly vmId: string;
  /** The key it was prepared with; another key on disk makes this record void. */
  readonly keyId: string;
}

export const renderPendingConnect = (pending: PendingConnect): string => `${JSON.stringify(pending, null, 2)}\n`;

/** @throws when the text is not a pending connect */
export const parsePendingConnect = (text: string): PendingConnect => {
  const fields = fieldsOf(JSON.parse(text), 'the pending connect');
  return {
    target: parseConnectTarget(fields.target),
    vmId: textIn(fields, 'vmId'),
    keyId: textIn(fields, 'keyId'),
  };
};
