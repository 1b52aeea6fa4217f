import { noRedirectUris, type RedirectUris } from '@holdfast/directory';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchRedirectUri } from './redirect-uri.ts';

const registered = (kind: keyof RedirectUris, ...uris: string[]): RedirectUris => ({ ...noRedirectUris, [kind]: uris });

const web = registered('web', 'https://app.example/cb', 'https://app.example:8443/cb', 'http://localhost:3000/cb');

describe('a redirect URI is one of the registered to the letter', () => {
  test.each([
    'https://app.example/cb',
    'https://app.example:8443/cb',
    'http://localhost:3000/cb',
    'http://localhost/cb',
    'http://localhost:1/cb',
  ])('%s is', (uri) => {
    expect(matchRedirectUri(web, uri)).toEqual({ uri, kind: 'web' });
  });

  test.each([
    'https://app.example/cb/',
    'https://app.example/cb/more',
    'https://app.example/cbx',
    'https://app.example/',
    'https://app.example/cb?x=1',
    'https://app.example/cb?',
    'https://app.example/cb#',
    'https://app.example/cb#x',
    'https://app.example/x/../cb',
    'https://app.example/./cb',
    'https://app.example//cb',
    'https://app.example/%63b',
    'https://app.example/CB',
    'https://APP.example/cb',
    'HTTPS://app.example/cb',
    'https://app.example:443/cb',
    'https://app.example:9443/cb',
    'http://app.example/cb',
    'https://app.example.evil.example/cb',
    'https://evil.example/https://app.example/cb',
    'https://app.example@evil.example/cb',
    'https://user:pass@app.example/cb',
    'https://app.example\\@evil.example/cb',
    'https://app.example/cb\\',
    'https://app.example/cb\r\nset-cookie: a=b',
    'https://app.example/cb ',
    ' https://app.example/cb',
    'https://app.example/cb\t',
    'https://app.exаmple/cb',
    '//app.example/cb',
    '/cb',
    '',
    'javascript:alert(1)//https://app.example/cb',
    'data:text/html,x',
    'http://localhost:3000/other',
    'http://localhost:3000/cb?x=1',
    'https://localhost:3000/cb',
    'http://127.0.0.1:3000/cb',
    'http://localhost.evil.example/cb',
    'http://localhost:3000@evil.example/cb',
    'http://localhost\\@evil.example/cb',
  ])('%j is not', (uri) => {
    expect(matchRedirectUri(web, uri)).toBeUndefined();
  });
});

describe('a program on a computer', () => {
  const own = registered(
    'publicClient',
    'http://localhost',
    'http://127.0.0.1/cb',
    'http://[::1]:1/',
    'com.example.app:/auth',
  );

  test.each([
    'http://localhost',
    'http://localhost:5000',
    'http://localhost:5000/any/path',
    'http://127.0.0.1:5000/cb',
    'http://[::1]:5000/x',
    'com.example.app:/auth',
  ])('may listen at %s', (uri) => {
    expect(matchRedirectUri(own, uri)).toEqual({ uri, kind: 'publicClient' });
  });

  test.each([
    'http://localhost:5000/?x=1',
    'http://127.0.0.1:5000/',
    'http://[::2]/',
    'com.example.app:/auth/x',
    'com.example.app://auth',
    'http://10.0.0.1/',
  ])('may not at %s', (uri) => {
    expect(matchRedirectUri(own, uri)).toBeUndefined();
  });
});

test('what would run in a browser is refused even where it was registered', () => {
  for (const uri of [
    'javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://a/b',
    'about:blank',
  ])
    expect(matchRedirectUri(registered('publicClient', uri), uri)).toBeUndefined();
});

test('a URI registered to the letter is that, whatever may listen on the same computer', () => {
  const both = { ...registered('web', 'http://localhost:3000/cb'), publicClient: ['http://localhost'] };
  expect(matchRedirectUri(both, 'http://localhost:3000/cb')?.kind).toBe('web');
  expect(matchRedirectUri(both, 'http://localhost:3001/cb')?.kind).toBe('publicClient');
});

test('whatever is asked for, the answer is registered or on the person’s own computer', () => {
  const known = ['https://app.example/cb', 'http://localhost/cb', 'http://127.0.0.1', 'app.example:/x'];
  const pieces = fc.constantFrom(
    'http://',
    'https://',
    'localhost',
    '127.0.0.1',
    'app.example',
    '/cb',
    '@',
    '\\',
    ':',
    '//',
    '?',
    '#',
    '%2e',
    '.',
    '8443',
    '[::1]',
    'evil.example',
    '\r\n',
    'javascript:',
  );
  const near = fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(near, fc.webUrl(), fc.string(), fc.constantFrom(...known)), (uri) => {
      const found = matchRedirectUri(registered('publicClient', ...known), uri);
      if (found === undefined || known.includes(uri)) return;
      const { protocol, hostname, username, hash, search } = new URL(found.uri);
      expect([found.uri, protocol, username, hash, search]).toEqual([uri, 'http:', '', '', '']);
      expect(['localhost', '127.0.0.1']).toContain(hostname);
      expect(uri).not.toMatch(/[\\\s#@]/);
    }),
    { numRuns: 2_000 },
  );
});
