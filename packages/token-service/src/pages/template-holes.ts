/** Where a hole stands in a template. The place decides what may fill it. */
export type Hole =
  | { readonly place: 'text' }
  | { readonly place: 'plain text' }
  | { readonly place: 'tag' }
  | { readonly place: 'attribute'; readonly name: string };

/** Stands for a hole while the template's own text is read. A private-use character: no template contains it. */
const hole = '\uE000';

const attribute = `\\s+(?:${hole}|[a-zA-Z][\\w:-]*(?:="[^"<>]*")?)`;
const token = new RegExp(
  `<!doctype html>|</(?<closed>[a-z]\\w*)>|<(?<opened>[a-z]\\w*)(?<attributes>(?:${attribute})*)\\s*(?<empty>/?)>|(?<text>[^<>]+)`,
  'y',
);
const attributeInside = new RegExp(`(?<name>[\\w:-]+)(?:="(?<value>[^"]*)")?|${hole}`, 'g');

/** Elements whose content is not HTML text, or that load or run something. */
const refusedElements = new Set(
  'script style iframe frame object embed noscript noembed noframes xmp plaintext textarea template base math'.split(
    ' ',
  ),
);
const voidElements = new Set(['br', 'hr', 'img', 'input', 'link', 'meta']);

/**
 * The holes of a template in order. A template is read by a strict grammar: lower-case elements that are all closed, and
 * attributes in double quotes. So a hole is never in a script, a style, a comment, a name or an unquoted attribute.
 *
 * Throws TypeError for any other template: a mistake in a page, found by its first test.
 */
export const findHoles = (strings: readonly string[]): readonly Hole[] => {
  const source = strings.join(hole);
  const holes: Hole[] = [];
  const open: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < source.length) {
    const start = token.lastIndex;
    const { opened, closed, text, attributes = '', empty } = token.exec(source)?.groups ?? refuse(source, start);
    if (opened !== undefined) {
      if (refusedElements.has(opened)) refuse(source, start);
      holes.push(...holesOfTag(attributes));
      if (empty === '' && !voidElements.has(opened)) open.push(opened);
    }
    if (closed !== undefined && open.pop() !== closed) refuse(source, start);
    const place = open.at(-1) === 'title' ? 'plain text' : 'text';
    for (const character of text ?? '') if (character === hole) holes.push({ place });
  }
  if (open.length > 0 || holes.length !== strings.length - 1) refuse(source, 0);
  return holes;
};

const holesOfTag = (attributes: string): readonly Hole[] =>
  [...attributes.matchAll(attributeInside)].flatMap(({ groups }): readonly Hole[] => {
    const name = groups?.['name'];
    if (name === undefined) return [{ place: 'tag' }];
    if (!isAttributeAllowed(name)) throw new TypeError(`the attribute ${name} is not for templates`);
    return [...(groups?.['value'] ?? '')].filter((each) => each === hole).map(() => ({ place: 'attribute', name }));
  });

/** No attribute that is a program (`on…`, `srcdoc`) or a style sheet: the content security policy refuses both anyway. */
export const isAttributeAllowed = (name: string): boolean =>
  /^[a-z][a-zA-Z-]*$/.test(name) && !/^(?:on|style$|srcdoc$|srcset$)/i.test(name);

const refuse = (source: string, position: number): never => {
  throw new TypeError(`not a template: ${source.slice(position, position + 60).replaceAll(hole, '…')}`);
};
