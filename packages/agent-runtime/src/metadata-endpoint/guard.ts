import type { IncomingMessage } from 'node:http';
import { type Reply, refusal } from './reply.ts';

const loopbackPeer = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
const loopbackHost = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;

/**
 * Turns away whoever is no program on this machine: a remote peer, a web page in a local browser (it sends Origin or
 * Referer, or another Host after DNS rebinding), or a request that a proxy passed on. Undefined lets it in.
 */
export const refuseForeign = (request: IncomingMessage): Reply | undefined => {
  const { headers, socket } = request;
  if (!loopbackPeer.test(socket.remoteAddress ?? '')) return refusal('forbidden', 'Only this machine may ask.');
  if (!loopbackHost.test(headers.host ?? '')) return refusal('forbidden', 'The Host header must name localhost.');
  for (const name of ['origin', 'referer', 'x-forwarded-for', 'forwarded'])
    if (headers[name] !== undefined) return refusal('forbidden', `Requests with the header '${name}' are refused.`);
  return undefined;
};
