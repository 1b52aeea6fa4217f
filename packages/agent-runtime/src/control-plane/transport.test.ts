import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createRawServer } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { seconds } from '@holdfast/kernel';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createManualClock } from '../testing/manual-clock.ts';
import { createTestAuthority, type TestAuthority } from '../testing/test-authority.ts';
import { until } from '../testing/test-himds.ts';
import { createTransport } from './transport.ts';

const clock = createManualClock(new Date());
const outgoing = { method: 'POST', path: '/x', headers: { 'content-length': '2' }, body: '{}' };
let authority: TestAuthority;
let closing: (() => void)[];

beforeEach(() => {
  authority = createTestAuthority();
  closing = [];
});
afterEach(() => {
  for (const close of closing) close();
});

const listening = async (server: Server): Promise<number> => {
  server.listen(0, '127.0.0.1');
  closing.push(() => server.close().closeAllConnections());
  await until(() => server.listening);
  return (server.address() as AddressInfo).port;
};
const opened = (origin: string, caPem: string | null) => {
  const transport = createTransport(clock, origin, caPem);
  closing.push(transport.close);
  return transport;
};

describe('trust', () => {
  test('reaches the named authority, and not beyond it and the system', async () => {
    const port = await listening(createTlsServer(authority.server, (_, response) => response.end('{}')));
    const origin = `https://localhost:${port}`;
    expect((await opened(origin, authority.caPem).send(outgoing)).status).toBe(200);
    for (const caPem of [null, createTestAuthority('other authority').caPem])
      await expect(opened(origin, caPem).send(outgoing)).rejects.toMatchObject({
        code: expect.stringMatching(/SELF_SIGNED|ISSUER|VERIFY/),
      });
  });

  test('in a certificate for another host is refused', async () => {
    const port = await listening(createTlsServer(authority.server, (_, response) => response.end('{}')));
    await expect(opened(`https://127.0.0.2:${port}`, authority.caPem).send(outgoing)).rejects.toThrow();
  });
});

describe('answers', () => {
  test('that do not come within 30 seconds are given up', async () => {
    const silent = createRawServer(() => {}).listen(0, '127.0.0.1');
    closing.push(() => silent.close());
    await until(() => silent.listening);
    const { port } = silent.address() as AddressInfo;
    const answer = opened(`http://localhost:${port}`, null).send(outgoing);
    const failed = expect(answer).rejects.toThrow('no answer within 30 seconds');
    await until(() => clock.sleeping().includes(seconds(30)));
    await clock.advance(seconds(30));
    await failed;
  });

  test('without end are given up', async () => {
    const endless = createServer((_, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    });
    const origin = `http://localhost:${await listening(endless)}`;
    await expect(opened(origin, null).send(outgoing)).rejects.toThrow('longer than any');
  });

  test('lost with a kept connection are asked for again on a new one', async () => {
    const seen: (number | undefined)[] = [];
    const server = createServer((request, response) => {
      seen.push(request.socket.remotePort);
      if (seen.length === 2) request.socket.resetAndDestroy();
      else response.end('{}');
    });
    const transport = opened(`http://localhost:${await listening(server)}`, null);
    expect((await transport.send(outgoing)).status).toBe(200);
    await setImmediate();
    expect((await transport.send(outgoing)).status).toBe(200);
    expect(seen).toEqual([seen[0], seen[0], expect.not.toSatisfy((port) => port === seen[0])]);
  });

  test('are not waited for after close', async () => {
    const transport = opened('http://localhost:9', null);
    transport.close();
    await expect(transport.send(outgoing)).rejects.toThrow('has ended');
  });
});
