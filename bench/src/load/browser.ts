import type { Connection } from './connection.ts';
import { renderRequest } from './render-request.ts';
import type { Reply } from './reply-reader.ts';

/** As much of a browser as a sign-in needs. It outlives the connections that it uses. */
export interface Browser {
  readonly get: (connection: Connection, target: string) => Promise<Reply>;
  readonly post: (connection: Connection, target: string, fields: Readonly<Record<string, string>>) => Promise<Reply>;
  readonly forget: (cookie: 'flow' | 'session' | 'device') => void;
}

export const createBrowser = (origin: string): Browser => {
  const cookies = new Map<string, string>();
  const keep = (reply: Reply): Reply => {
    for (const [, name = '', value = ''] of reply.head.matchAll(/\r\nset-cookie: *([^=]+)=([^;\r]*)/gi))
      cookies.set(name, value);
    return reply;
  };
  const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const send = async (connection: Connection, request: Parameters<typeof renderRequest>[1]): Promise<Reply> =>
    keep(await connection.exchange(renderRequest(origin, request)));
  return {
    get: (connection, target) => send(connection, { method: 'GET', target, headers: { cookie: cookie() } }),
    post: (connection, target, fields) => {
      const headers = { cookie: cookie(), 'content-type': 'application/x-www-form-urlencoded' };
      return send(connection, { method: 'POST', target, headers, body: new URLSearchParams(fields).toString() });
    },
    forget: (name) => void cookies.delete(`__Host-holdfast-${name}`),
  };
};

/** The sealed state in the form of a page; empty when there is no form. */
export const contextOf = ({ body }: Reply): string =>
  /name="ctx" value="([^"]*)"/.exec(body.toString('latin1'))?.[1] ?? '';

/** The code that a program is sent back with. */
export const codeOf = ({ head }: Reply): string | undefined =>
  /\r\nlocation: [^\r]*[?&]code=([^&\r]+)/i.exec(head)?.[1];
