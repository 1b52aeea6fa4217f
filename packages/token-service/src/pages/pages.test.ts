import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Element, readMarkup } from '../../test/read-markup.ts';
import { samplePages } from '../../test/sample-pages.ts';

const pages = samplePages((text) => text);
const elementsOf = (name: string): readonly Element[] => readMarkup(pages[name] ?? '');
const every = Object.keys(pages);
const named = (elements: readonly Element[], name: string) => elements.filter((each) => each.name === name);

/** `#id name=value` of every button, and the names of the fields people fill in. */
const controlsOf = (name: string): readonly string[] =>
  elementsOf(name).flatMap(({ name: element, attributes }) => {
    const [id, field, value] = ['id', 'name', 'value'].map((each) => attributes.get(each));
    if (element === 'button') return [`${id === undefined ? '' : `#${id} `}${field}=${value}`];
    if (element !== 'input' || field === undefined || field === 'ctx') return [];
    return [attributes.get('type') === 'hidden' ? `${field}=${value}` : field];
  });

test.each([
  ['sign-in', ['username', 'password', '#signin step=password', 'provider=corporate', 'provider=github']],
  ['sign-in, for a device', ['username', 'password', '#signin step=password']],
  ['otp', ['otp', '#verify step=otp']],
  ['otp enrolment', ['otp', '#verify step=enrol']],
  ['new password', ['new_password', 'repeat', '#change step=newPassword']],
  ['consent', ['step=consent', '#accept decision=accept', '#decline decision=decline']],
  ['account', ['step=account', 'account', 'account', '#continue decision=continue', '#other decision=other']],
  ['device code', ['user_code', '#next step=userCode']],
  ['device confirmation', ['step=device', '#confirm decision=confirm', '#cancel decision=cancel']],
  ['sign-out', ['#signout step=signOut']],
])('the page "%s" posts %j', (name, controls) => {
  expect(controlsOf(name)).toEqual(controls);
});

test.each(every)('the page "%s" has a language, a title that names the step, one heading and one main part', (name) => {
  const elements = elementsOf(name);
  expect(named(elements, 'html')[0]?.attributes.get('lang')).toBe('en');
  const [heading, ...more] = named(elements, 'h1');
  expect(more).toEqual([]);
  const refused = name.endsWith(', refused') ? 'Error: ' : '';
  expect(named(elements, 'title')[0]?.text).toBe(`${refused}${heading?.text} – Holdfast`);
  expect(named(elements, 'main')).toHaveLength(1);
  const ids = elements.flatMap((each) => each.attributes.get('id') ?? []);
  expect(ids).toEqual([...new Set(ids)]);
});

test.each(every.filter((name) => named(elementsOf(name), 'form').length > 0 && name !== 'form post'))(
  'every form of the page "%s" is posted to the server with the sealed interaction',
  (name) => {
    const elements = elementsOf(name);
    for (const [index, element] of elements.entries()) {
      if (element.name !== 'form') continue;
      expect(Object.fromEntries(element.attributes)).toEqual({ method: 'post', action: '/contoso.example/login' });
      expect(Object.fromEntries(elements[index + 1]?.attributes ?? [])).toEqual({
        type: 'hidden',
        name: 'ctx',
        value: 'c2VhbGVk',
      });
    }
  },
);

test.each(every)('every field of the page "%s" has a visible label, and at most one has the focus', (name) => {
  const elements = elementsOf(name);
  const fields = named(elements, 'input').filter(
    ({ attributes }) => attributes.get('type') !== 'hidden' && !attributes.has('hidden'),
  );
  const labels = named(elements, 'label').map(({ attributes }) => attributes.get('for'));
  for (const { attributes } of fields) {
    // A radio button stands inside its label.
    if (attributes.get('type') !== 'radio') expect(labels).toContain(attributes.get('id'));
  }
  expect(elements.filter(({ attributes }) => attributes.has('autofocus')).length).toBeLessThanOrEqual(1);
});

test.each(every)('what describes a field of the page "%s" is there', (name) => {
  const elements = elementsOf(name);
  const ids = new Set(elements.map(({ attributes }) => attributes.get('id')));
  const described = elements.flatMap(({ attributes }) => attributes.get('aria-describedby')?.split(' ') ?? []);
  expect(described.filter((id) => !ids.has(id))).toEqual([]);
});

test.each(every.filter((name) => name.endsWith(', refused')))(
  'the page "%s" says aloud what went wrong, and which fields it is about',
  (name) => {
    const elements = elementsOf(name);
    const alert = elements.find(({ attributes }) => attributes.get('role') === 'alert');
    expect(alert?.attributes.get('id')).toBe('problem');
    const invalid = elements.filter(({ attributes }) => attributes.get('aria-invalid') === 'true');
    expect(invalid.length).toBeGreaterThan(0);
    for (const { attributes } of invalid) {
      expect(attributes.get('aria-describedby')?.split(' ')).toContain('problem');
    }
  },
);

test.each([
  ['sign-in', 'username', 'username'],
  ['sign-in', 'password', 'current-password'],
  ['otp', 'otp', 'one-time-code'],
  ['otp enrolment', 'otp', 'one-time-code'],
  ['new password', 'new_password', 'new-password'],
  ['new password', 'repeat', 'new-password'],
  ['device code', 'user_code', 'off'],
])('on the page "%s" the field %s is filled in as %s', (page, field, autocomplete) => {
  const found = elementsOf(page).find(({ attributes }) => attributes.get('id') === field);
  expect(found?.attributes.get('autocomplete')).toBe(autocomplete);
});

test.each([
  ['message, done', 'data-outcome', 'done'],
  ['message, declined', 'data-outcome', 'declined'],
  ['error', 'data-error', '50011'],
])('programs read from the page "%s" that %s is %s', (page, attribute, value) => {
  expect(named(elementsOf(page), 'main')[0]?.attributes.get(attribute)).toBe(value);
});

test('a user name that is fixed cannot be changed', () => {
  const field = elementsOf('sign-in, for a device').find(({ attributes }) => attributes.get('id') === 'username');
  expect(field?.attributes.has('readonly')).toBe(true);
});

test('the answer is posted to the application field by field, and by a button without script', () => {
  const elements = elementsOf('form post');
  expect(Object.fromEntries(named(elements, 'form')[0]?.attributes ?? [])).toEqual({
    method: 'post',
    action: 'https://app.example/signed-in',
  });
  const fields = named(elements, 'input').map(({ attributes }) => [attributes.get('name'), attributes.get('value')]);
  expect(Object.fromEntries(fields)).toEqual({ code: '0.AAAA', state: '12345', session_state: 'abc' });
  expect(named(elements, 'button')[0]?.text).toBe('Continue');
});

test('no page fetches anything from anywhere', () => {
  const fetched = every.flatMap(elementsOf).flatMap(({ attributes }) => {
    const address = attributes.get('src') ?? attributes.get('href') ?? '';
    return address === '' || /^(?:data|otpauth):/.test(address) ? [] : [address];
  });
  expect(fetched).toEqual([]);
});

test('no text of a model changes what a page is made of, and every sealed interaction comes back as it was', () => {
  const skeletonOf = (elements: readonly Element[]) =>
    elements.map(({ name, attributes }) => [name, ...attributes.keys()].join(' ')).join('\n');
  const saying = (text: string) => Object.values(samplePages(() => text)).map(readMarkup);
  const benign = saying('x').map(skeletonOf);
  const hostile = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '<',
          '>',
          '"',
          "'",
          '&',
          '</p>',
          '<script>alert(1)</script>',
          '"><img src=x onerror=x>',
          '--!>',
        ),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 9 }),
      ),
      { minLength: 1, maxLength: 6 },
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(hostile, (text) => {
      const said = saying(text);
      expect(said.map(skeletonOf)).toEqual(benign);
      for (const { attributes } of said.flat()) {
        if (attributes.get('name') === 'ctx') expect(attributes.get('value')).toBe(text);
      }
    }),
    { numRuns: 30 },
  );
});
