import { type Element, readMarkup } from './read-markup.ts';
import type { TestAuthority } from './test-authority.ts';

/** Where a browser came to rest. */
export interface Place {
  /** The address of a program that the browser was sent to, or undefined on a page of ours. */
  readonly redirectUri: string | undefined;
  readonly mode: 'query' | 'fragment' | 'form_post' | undefined;
  /** What the program got. */
  readonly answer: Readonly<Record<string, string>>;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
  readonly html: string;
  readonly title: string;
  /** The AADSTS number of an error page. */
  readonly error: number | undefined;
  /** What the problem box says. */
  readonly problem: string | undefined;
}

export interface TestBrowser {
  /** Values by name, with the attributes they were set with. */
  readonly cookies: Map<string, { readonly value: string; readonly attributes: string }>;
  open(url: string): Promise<Place>;
  /** Fills the form that has the button (by id; the first form and its button otherwise) and sends it. */
  submit(page: Place, fields?: Readonly<Record<string, string>>, button?: string): Promise<Place>;
  /** Sends a form of anybody's making. */
  post(url: string, fields: Readonly<Record<string, string>>, headers?: Record<string, string>): Promise<Place>;
}

export interface TestBrowserOptions {
  readonly address?: string;
  readonly userAgent?: string;
}

interface SentForm {
  readonly fields: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
}

const mostRedirects = 5;

/** A browser that keeps cookies and follows redirects as far as they stay with the authority. */
export const createTestBrowser = (authority: TestAuthority, options: TestBrowserOptions = {}): TestBrowser => {
  const cookies: TestBrowser['cookies'] = new Map();
  const request = async (url: string, form?: SentForm): Promise<Place> => {
    let [next, sent] = [url, form];
    for (let hop = 0; hop < mostRedirects; hop += 1) {
      const { pathname, search } = new URL(next, authority.origin);
      const reply = await authority.app.inject({
        method: sent === undefined ? 'GET' : 'POST',
        url: `${pathname}${search}`,
        remoteAddress: options.address ?? '198.51.100.7',
        headers: {
          cookie: cookieHeader(cookies),
          'user-agent': options.userAgent ?? 'Test browser',
          ...(sent && formHeaders(authority.origin)),
          ...sent?.headers,
        },
        ...(sent && { payload: new URLSearchParams(sent.fields).toString() }),
      });
      keepCookies(cookies, reply.headers['set-cookie']);
      const to = reply.headers.location;
      const place = { status: reply.statusCode, headers: reply.headers, html: reply.body };
      if (to === undefined) return placeOf(place, authority.origin);
      if (!to.startsWith(`${authority.origin}/`)) return atProgram(to, place);
      [next, sent] = [to, undefined];
    }
    throw new Error('too many redirects');
  };
  return {
    cookies,
    open: (url) => request(url),
    submit: (page, fields = {}, button) => {
      const { action, values } = formOf(page, button);
      return request(action, { fields: { ...values, ...fields }, headers: {} });
    },
    post: (url, fields, headers = {}) => request(url, { fields, headers }),
  };
};

const formHeaders = (origin: string) => ({ 'content-type': 'application/x-www-form-urlencoded', origin });

const cookieHeader = (cookies: TestBrowser['cookies']): string =>
  [...cookies].map(([name, { value }]) => `${name}=${value}`).join('; ');

const keepCookies = (cookies: TestBrowser['cookies'], header: string | string[] | undefined): void => {
  for (const line of [header ?? []].flat()) {
    const [, name = '', value = '', attributes = ''] = /^([^=]+)=([^;]*);?(.*)$/.exec(line) ?? [];
    if (/max-age=0/i.test(attributes)) cookies.delete(name);
    else cookies.set(name, { value, attributes });
  }
};

type Received = Pick<Place, 'status' | 'headers' | 'html'>;
const nowhere = {
  redirectUri: undefined,
  mode: undefined,
  answer: {},
  title: '',
  error: undefined,
  problem: undefined,
};

const atProgram = (to: string, received: Received): Place => {
  const url = new URL(to);
  const mode = url.hash === '' ? 'query' : 'fragment';
  const answer = Object.fromEntries(mode === 'query' ? url.searchParams : new URLSearchParams(url.hash.slice(1)));
  return { ...nowhere, ...received, redirectUri: to.replace(/[?#].*$/, ''), mode, answer };
};

const placeOf = (received: Received, origin: string): Place => {
  const elements = readMarkup(received.html);
  const form = elements.find(({ name }) => name === 'form')?.attributes.get('action');
  const title = elements.find(({ name }) => name === 'h1')?.text ?? '';
  if (form !== undefined && !form.startsWith(`${origin}/`))
    return { ...nowhere, ...received, title, redirectUri: form, mode: 'form_post', answer: inputsOf(elements) };
  const error = elements.find(({ name }) => name === 'main')?.attributes.get('data-error');
  const box = elements.findIndex(({ attributes }) => attributes.get('role') === 'alert');
  const problem = box < 0 ? undefined : elements.slice(box).find(({ name }) => name === 'p')?.text;
  return { ...nowhere, ...received, title, error: error === undefined ? undefined : Number(error), problem };
};

const inputsOf = (elements: readonly Element[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    elements
      .filter(({ name, attributes }) => name === 'input' && attributes.has('name'))
      .map(({ attributes }) => [attributes.get('name') ?? '', attributes.get('value') ?? '']),
  );

const formOf = (page: Place, button: string | undefined) => {
  const elements = readMarkup(page.html);
  const starts = elements.flatMap(({ name }, at) => (name === 'form' ? [at] : []));
  const forms = starts.map((start, at) => elements.slice(start, starts[at + 1]));
  const isWanted = ({ name, attributes }: Element) =>
    name === 'button' && (button === undefined || attributes.get('id') === button);
  const form = forms.find((each) => each.some(isWanted));
  const pressed = form?.find(isWanted)?.attributes;
  const action = form?.[0]?.attributes.get('action');
  if (form === undefined || action === undefined)
    throw new Error(`no form with the button ${button} on the page '${page.title}' (${page.status}, ${page.error})`);
  const name = pressed?.get('name');
  const own = name === undefined ? {} : { [name]: pressed?.get('value') ?? '' };
  return { action, values: { ...inputsOf(form), ...own } };
};
