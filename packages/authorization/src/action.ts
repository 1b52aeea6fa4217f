/**
 * True when an action pattern of a role, such as `Microsoft.HybridCompute/machines/*`, covers an action.
 * `*` stands for any text, slashes included; letter case does not count.
 */
export const actionMatches = (pattern: string, action: string): boolean => {
  const [first = '', ...rest] = pattern.toLowerCase().split('*');
  const text = action.toLowerCase();
  if (rest.length === 0) return text === first;
  if (!text.startsWith(first)) return false;
  const last = rest.pop() ?? '';
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
};
