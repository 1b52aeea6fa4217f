import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readMarkup } from '../../test/read-markup.ts';
import { html, inline } from './html.ts';

const pieces = [
  '<',
  '>',
  '"',
  "'",
  '&',
  '/',
  '=',
  '`',
  '\\',
  '\0',
  '\n',
  ' ',
  '-',
  '!',
  ';',
  '#',
  'x',
  '&quot;',
  '\u202E',
  '\uE000',
];
const words = [
  '<script>',
  '</title>',
  '--!>',
  '<svg/onload=x>',
  'javascript:x',
  '&#x22;',
  '" autofocus onfocus="x',
  ']]>',
];
const hostile = fc.oneof(
  fc.array(fc.constantFrom(...pieces, ...words), { maxLength: 12 }).map((each) => each.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

test('no string leaves the text it stands in', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const elements = readMarkup(html`<title>${text}</title><p>${text}</p><b>end</b>`.markup);
      expect(elements.map((each) => each.name)).toEqual(['title', 'p', 'b']);
      const shown = text.replace(/[^\t\n\P{Cc}]|[\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD');
      expect(elements.slice(0, 2).map((each) => each.text)).toEqual([shown, shown]);
    }),
  );
});

test('no string leaves the attribute it stands in', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const [input, end] = readMarkup(html`<input value="${text}" ${{ title: text, checked: true }}><b>end</b>`.markup);
      expect(Object.fromEntries(input?.attributes ?? [])).toEqual({ value: text, title: text, checked: '' });
      expect(end?.text).toBe('end');
    }),
  );
});

test('an address is a web address or a path of ours, whatever is tried', () => {
  const opened = (address: string) => new URL(address, 'https://login.example/a/b');
  fc.assert(
    fc.property(
      hostile,
      fc.constantFrom('', '/', '//', 'javascript:', ' javascript:', 'data:', '\t', '/\t/'),
      (rest, start) => {
        const address = `${start}${rest}`;
        let rendered = '';
        try {
          rendered = html`<form action="${address}"></form>`.markup;
        } catch {
          return;
        }
        expect(readMarkup(rendered)[0]?.attributes.get('action')).toBe(address);
        expect(opened(address).protocol).toMatch(/^(https?|otpauth):$/);
        if (address.startsWith('/')) expect(opened(address).host).toBe('login.example');
      },
    ),
  );
});

test.each([
  ['/tenant/login', true],
  ['https://app.example/cb?x=1', true],
  ['http://[::1]:5000/', true],
  ['otpauth://totp/x?secret=A', true],
  ['//evil.example', false],
  ['/\\evil.example', false],
  ['/\t/evil.example', false],
  ['java\nscript:x', false],
  ['JavaScript:x', false],
  ['data:text/html,x', false],
  ['app.example://auth', false],
  ['relative', false],
  ['', false],
])('the address %j may stand in a page: %s', (address, allowed) => {
  for (const form of [() => html`<a href="${address}">x</a>`, () => html`<a ${{ href: address }}>x</a>`]) {
    if (allowed) expect(form).not.toThrow();
    else expect(form).toThrow('web address');
  }
});

const text = 'x';
test.each([
  ['a script', () => html`<script>${text}</script>`],
  ['a style', () => html`<style>${text}</style>`],
  ['a comment', () => html`<!-- ${text} -->`],
  ['an unquoted attribute', () => html`<p class=${text}>a</p>`],
  ['a single-quoted attribute', () => html`<p class='${text}'>a</p>`],
  ['the name of an element', () => html`<${text}>a</p>`],
  ['the name of an attribute', () => html`<p data-${text}="a">a</p>`],
  ['an event handler', () => html`<p onclick="${text}">a</p>`],
  ['an event handler by name', () => html`<p ${{ onclick: text }}>a</p>`],
  ['a style attribute', () => html`<p style="${text}">a</p>`],
  ['a document in a frame', () => html`<iframe srcdoc="${text}"></iframe>`],
  ['an attribute whose name is more', () => html`<p ${{ 'a><script>': text }}>a</p>`],
  ['the end of another element', () => html`<p>${text}</div>`],
  ['an element left open', () => html`<p>${text}`],
])('no template interpolates into %s', (_, make) => {
  expect(make).toThrow(TypeError);
});

test.each([
  ['markup in an attribute', () => html`<p title="${html`<b>"</b>`}">a</p>`],
  ['markup in a title', () => html`<title>${html`<b>a</b>`}</title>`],
  ['text in a tag', () => html`<p ${text}>a</p>`],
  ['nothing in an attribute', () => html`<p title="${undefined}">a</p>`],
  ['what only looks like markup', () => html`<p>${JSON.parse('{"markup":"<script>"}')}</p>`],
])('a template refuses %s', (_, make) => {
  expect(make).toThrow(TypeError);
});

test('markup fits into markup, and nothing stands for nothing', () => {
  const rows = ['a<', 'b'].map((each) => html`<li>${each}</li>`);
  expect(html`<ul>${rows}${undefined}${false}${0}</ul>`.markup).toBe('<ul><li>a&lt;</li><li>b</li>0</ul>');
});

test('a constant of ours cannot end its own element', () => {
  expect(inline('style', 'a{}').markup).toBe('<style>a{}</style>');
  expect(() => inline('script', '"</script>"')).toThrow(TypeError);
});
