/** True when `place` is one that the patterns name and none that a `!` pattern takes out again. */
export const matches = (patterns: readonly string[], place: string): boolean =>
  patterns.some((pattern) => !pattern.startsWith('!') && isLike(pattern, place)) &&
  !patterns.some((pattern) => pattern.startsWith('!') && isLike(pattern.slice(1), place));

const isLike = (pattern: string, place: string): boolean => {
  const quoted = pattern.split('*').map((text) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  // A package manager's names hold slashes and at signs; a colon separates them from places of our own.
  return new RegExp(`^${quoted.join('[^:]*')}$`).test(place);
};
