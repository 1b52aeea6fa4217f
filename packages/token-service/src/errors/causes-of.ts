const most = 5;

/**
 * What led to a refusal, on one line for the log; undefined when nothing did. Of a text that could not be parsed only this
 * is said: Node's words quote it, and it may hold a token.
 */
export const causesOf = (error: Error): string | undefined => {
  const words: string[] = [];
  for (let cause = error.cause; cause instanceof Error && words.length < most; cause = cause.cause)
    words.push(cause instanceof SyntaxError ? 'it cannot be parsed' : codeAndMessage(cause));
  return words.length === 0 ? undefined : words.join(': ');
};

/** Node's network errors say the least in their message. */
const codeAndMessage = (error: Error & { readonly code?: unknown }): string =>
  typeof error.code === 'string' ? `${error.message} (${error.code})` : error.message;
