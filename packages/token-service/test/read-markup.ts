/** A start tag as a browser reads it (WHATWG HTML, section 13.2.5), with the text up to the next tag. */
export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly text: string;
}

const startTag = /<([a-z][^\s/>]*)/gi;
const attribute = /[\s/]*([^\s/>=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']*)))?/y;

/** The elements of a document in order. Lenient as a browser, so that what breaks out of its place is seen. */
export const readMarkup = (markup: string): readonly Element[] => {
  // What stands in a style or a script is no markup.
  const visible = markup.replace(/(<(style|script)>)[\s\S]*?<\/\2>/gi, '$1');
  const elements: Element[] = [];
  startTag.lastIndex = 0;
  for (let tag = startTag.exec(visible); tag !== null; tag = startTag.exec(visible)) {
    const { attributes, end } = readAttributes(visible, startTag.lastIndex);
    const text = visible.slice(end, visible.indexOf('<', end)).replace(/^[\s/]*>/, '');
    elements.push({ name: (tag[1] ?? '').toLowerCase(), attributes, text: decode(text) });
    startTag.lastIndex = end;
  }
  return elements;
};

const readAttributes = (markup: string, start: number) => {
  const attributes = new Map<string, string>();
  let end = start;
  attribute.lastIndex = start;
  for (let found = attribute.exec(markup); found !== null; found = attribute.exec(markup)) {
    const [, name = '', ...values] = found;
    attributes.set(name.toLowerCase(), decode(values.find((each) => each !== undefined) ?? ''));
    end = attribute.lastIndex;
  }
  return { attributes, end };
};

const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const decode = (text: string): string => text.replace(/&(#?\w+);/g, (whole, name: string) => characters[name] ?? whole);
