import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface SeenCall {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, or as it is when it is text. */
  readonly body?: unknown;
}

export interface FakeControlPlane {
  readonly origin: string;
  readonly calls: SeenCall[];
  /** By resource id; letter case counts, as nothing here needs more. */
  readonly groups: Set<string>;
  readonly machines: Map<string, { vmId: string; clientPublicKey: string; body: unknown }>;
  /** Asked first, the latest before the others. */
  intercept(handler: (call: SeenCall) => Reply | undefined): void;
  close(): void;
}

export interface FakeSettings {
  readonly tls?: { readonly key: string; readonly cert: string };
}

export const subscriptionId = '11111111-2222-4333-8444-555555555555';
export const tenantId = '99999999-2222-4333-8444-555555555555';

/** As much of a control plane as connect and disconnect meet, on a loopback port. */
export const startFakeControlPlane = async ({ tls }: FakeSettings = {}): Promise<FakeControlPlane> => {
  const handlers: ((call: SeenCall) => Reply | undefined)[] = [];
  const server: Server = tls === undefined ? createServer() : createTlsServer(tls);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const plane: FakeControlPlane = {
    origin: `${tls === undefined ? 'http' : 'https'}://localhost:${port}`,
    calls: [],
    groups: new Set([`/subscriptions/${subscriptionId}/resourceGroups/servers`]),
    machines: new Map(),
    intercept: (handler) => handlers.unshift(handler),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  handlers.push((call) => defaultReply(plane, call));
  server.on('request', async (request, response) => {
    const call = await seen(request);
    plane.calls.push(call);
    const reply = handlers.map((handler) => handler(call)).find((each) => each !== undefined) ?? { status: 404 };
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
    response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body ?? ''));
  });
  return plane;
};

export const armError = (status: number, code: string, message: string): Reply => ({
  status,
  body: { error: { code, message } },
});

const seen = async (request: IncomingMessage): Promise<SeenCall> => {
  let body = '';
  for await (const part of request.setEncoding('utf8')) body += part;
  const url = new URL(request.url ?? '/', 'http://fake');
  return { method: request.method ?? '', path: url.pathname, query: url.searchParams, headers: request.headers, body };
};

const defaultReply = (plane: FakeControlPlane, call: SeenCall): Reply => {
  const { method, path } = call;
  if (path === '/metadata/endpoints') return { status: 200, body: metadata(plane.origin) };
  if (path === `/${tenantId}/oauth2/v2.0/token`) return { status: 200, body: { access_token: 'granted-token' } };
  if (call.headers.authorization === undefined) return armError(401, 'AuthenticationFailed', 'no token');
  if (path === '/subscriptions') {
    const names = ['Production', 'Twin', 'twin'];
    return { status: 200, body: { value: names.map((displayName) => ({ subscriptionId, displayName })) } };
  }
  if (path.includes('/machines/')) return machineReply(plane, call);
  if (method === 'PUT') plane.groups.add(path);
  if (plane.groups.has(path)) return { status: 200, body: { id: path } };
  return armError(404, 'ResourceGroupNotFound', 'Resource group could not be found.');
};

const metadata = (origin: string) => ({
  name: 'Holdfast',
  resourceManager: origin,
  authentication: { loginEndpoint: origin, audiences: [origin] },
});

const machineReply = ({ machines }: FakeControlPlane, { method, path, body }: SeenCall): Reply => {
  const held = machines.get(path);
  if (method === 'PUT') {
    const { vmId, clientPublicKey } = JSON.parse(body).properties;
    if (held !== undefined && held.vmId !== vmId) return armError(409, 'Conflict', 'another VM id');
    machines.set(path, { vmId, clientPublicKey, body: JSON.parse(body) });
    return { status: 200, body: { id: path, properties: { vmId } } };
  }
  if (held === undefined) return armError(404, 'ResourceNotFound', 'The Resource was not found.');
  if (method === 'DELETE') machines.delete(path);
  return { status: 200, body: { id: path, properties: { vmId: held.vmId } } };
};
