import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { samplePages } from '../../test/sample-pages.ts';
import { formActionSource } from './form-action-source.ts';
import { type PageSafety, pageHeaders } from './page-headers.ts';

const policyOf = (safety?: PageSafety): ReadonlyMap<string, string> =>
  new Map(
    (pageHeaders(safety)['content-security-policy'] ?? '').split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources.join(' ')];
    }),
  );
const pages = Object.entries(samplePages((text) => text));
const hashesOf = (page: string, element: string): readonly string[] =>
  [...page.matchAll(new RegExp(`<${element}>([\\s\\S]*?)</${element}>`, 'g'))].map(
    ([, content = '']) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`,
  );

test('every page is refused to frames, caches, sniffing and foreign resources', () => {
  expect(pageHeaders()).toEqual({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': expect.stringContaining("default-src 'none'; "),
    'x-frame-options': 'DENY',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cache-control': 'no-store',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': expect.stringContaining('camera=()'),
  });
  const policy = policyOf();
  expect(policy.get('frame-ancestors')).toBe("'none'");
  expect(policy.get('base-uri')).toBe("'none'");
  expect(policy.get('form-action')).toBe("'self'");
  expect(policy.has('script-src')).toBe(false);
});

test.each(pages)(
  'the policy allows the one style sheet of the page "%s", and its script if it has one',
  (name, page) => {
    const policy = policyOf(name === 'form post' ? { script: 'form-post' } : {});
    expect(hashesOf(page, 'style')).toEqual([policy.get('style-src')]);
    expect(hashesOf(page, 'script')).toEqual(name === 'form post' ? [policy.get('script-src')] : []);
  },
);

test('a page in a popup keeps its opener', () => {
  expect(pageHeaders({ inPopup: true })['cross-origin-opener-policy']).toBe('unsafe-none');
});

test('posts may end where they are said to', () => {
  const formTargets = ['https://app.example/a', 'https://app.example/b', 'http://localhost:4000/'];
  expect(policyOf({ formTargets }).get('form-action')).toBe("'self' https://app.example http://localhost:4000");
  expect(policyOf({ formTargets: 'anywhere' }).has('form-action')).toBe(false);
});

test.each([
  ['https://app.example/cb?x=1', 'https://app.example'],
  ['https://APP.example:8443/cb', 'https://app.example:8443'],
  ['http://127.0.0.1:5000/', 'http://127.0.0.1:5000'],
  ['http://[::1]:5000/', 'http:'],
  ['app.example://auth', 'app.example:'],
  ['https://bücher.example/', 'https://xn--bcher-kva.example'],
  ["https://a.example/;script-src 'unsafe-inline'", 'https://a.example'],
  ['https://a;b.example/', 'https:'],
])('a post may end at %s by the source %s', (address, source) => {
  expect(formActionSource(address)).toBe(source);
});
