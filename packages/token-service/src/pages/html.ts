import { findHoles, type Hole, isAttributeAllowed } from './template-holes.ts';

/** Markup that only `html` and `inline` make: whatever was interpolated in it is escaped. */
export interface Html {
  readonly markup: string;
}

const made = new WeakSet<object>();
const make = (markup: string): Html => {
  const value = Object.freeze({ markup });
  made.add(value);
  return value;
};
/** An object that only looks like markup, out of a parsed body for instance, is none. */
const isHtml = (value: unknown): value is Html => typeof value === 'object' && value !== null && made.has(value);

/** Attributes by name, for a hole inside a tag. `true` is the bare name; `false` and `undefined` leave it out. */
export type Attributes = Readonly<Record<string, string | boolean | undefined>>;
export type HtmlValue = string | number | undefined | false | Html | readonly Html[] | Attributes;

const holesOf = new WeakMap<TemplateStringsArray, readonly Hole[]>();

/**
 * Markup from a template. Strings are escaped for the place they stand in. Markup fits between elements, attributes in a
 * tag; anything else throws TypeError, and so does an address that a browser would run instead of open.
 */
export const html = (strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html => {
  const holes = holesOf.get(strings) ?? findHoles(strings);
  holesOf.set(strings, holes);
  const parts = holes.map((hole, index) => `${fill(hole, values[index])}${strings[index + 1]}`);
  return make(`${strings[0]}${parts.join('')}`);
};

/** A style sheet or script of ours. Nothing is escaped in them, so they are constants, allowed by their hash. */
export const inline = (element: 'style' | 'script', content: string): Html => {
  if (content.includes('<')) throw new TypeError(`'<' may end the ${element}`);
  return make(`<${element}>${content}</${element}>`);
};

const fill = (hole: Hole, value: HtmlValue): string => {
  switch (hole.place) {
    case 'text':
      return fillText(value);
    case 'plain text':
      return escapeText(plain(value));
    case 'attribute':
      return attributeValue(hole.name, plain(value));
    case 'tag':
      return fillTag(value);
  }
};

const fillText = (value: HtmlValue): string => {
  if (isHtml(value)) return value.markup;
  if (Array.isArray(value)) return value.map(fillText).join('');
  if (value === undefined || value === false) return '';
  return escapeText(plain(value));
};

const fillTag = (value: HtmlValue): string => {
  if (typeof value !== 'object' || isHtml(value) || Array.isArray(value)) throw new TypeError('no attributes');
  return Object.entries(value)
    .filter(([, each]) => each !== undefined && each !== false)
    .map(([name, each]) =>
      each === true ? attributeName(name) : `${attributeName(name)}="${attributeValue(name, each)}"`,
    )
    .join(' ');
};

const plain = (value: unknown): string => {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new TypeError('only text fits here');
};

const attributeName = (name: string): string => {
  if (!isAttributeAllowed(name)) throw new TypeError(`the attribute ${name} is not for templates`);
  return name;
};

const addresses = new Set(['href', 'src', 'action', 'formaction']);
/** Paths of ours, web addresses, and the one scheme of authenticator apps. Browsers drop tabs and newlines anywhere. */
const openable = /^(?:https?:\/\/|otpauth:\/\/|\/(?![/\\]))[^\s\\]*$/i;

const attributeValue = (name: string, value: unknown): string => {
  const text = plain(value);
  if (addresses.has(name.toLowerCase()) && !openable.test(text)) throw new TypeError(`${name} must be a web address`);
  return escapeValue(text);
};

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeValue = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');

/**
 * What people read must not pretend: controls and the marks that reorder text (Unicode TR 36, bidirectional text spoofing) are shown as
 * replaced. Values of fields keep theirs: they are for programs.
 */
const escapeText = (text: string): string =>
  escapeValue(text.replace(/(?![\t\n])[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD'));
