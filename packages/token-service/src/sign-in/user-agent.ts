const longest = 120;

/** What a program calls itself, short and on one line: people compare it with what they started. */
export const summariseUserAgent = (userAgent: string): string => {
  const line = userAgent.replace(/[^\x20-\x7e]+/g, ' ').trim();
  if (line === '') return 'not told';
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
};
