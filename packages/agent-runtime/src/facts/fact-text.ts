/** What the wire takes as one text. */
const longest = 1024;

/** A foreign text as a fact: without control characters (device trees end theirs in NUL), trimmed, cut to what the wire takes. */
export const factText = (raw: string | undefined): string =>
  (raw ?? '')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
    .replace(/[\u0000-\u001f\u007f]+/g, ' ')
    .trim()
    .slice(0, longest);

/** A foreign decimal number as a size or count; 0 for anything else. */
export const factNumber = (raw: string | undefined): number => {
  const value = /^\d+$/.test(raw ?? '') ? Number(raw) : 0;
  return Number.isSafeInteger(value) ? value : 0;
};
