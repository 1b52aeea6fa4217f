import type { Connection } from '../connection/connection.ts';
import { Refusal } from '../local-api/refusal.ts';

export const alreadyConnected = ({ resourceId }: Connection): Refusal =>
  new Refusal(409, {
    code: 'AlreadyConnected',
    message: `This machine is already connected as ${resourceId}.`,
    resourceId,
  });
