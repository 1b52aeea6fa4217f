const prefix = /^\/(v1\.0|beta)(\/|\?|$)/i;

/** Whether a request target belongs to the directory's API. */
export const isDirectoryPath = (target: string): boolean => prefix.test(target);

/**
 * Keys in brackets as the path segments they stand for (OData URL conventions 4.01, section 4.3.6): `/users('$ann')` is
 * `/users/$ann`, and `/applications(appId='…')` is `/applications/appId='…'`, which the handlers read.
 */
export const normaliseKeys = (target: string): string => {
  if (!isDirectoryPath(target)) return target;
  const mark = target.indexOf('?');
  const path = mark === -1 ? target : target.slice(0, mark);
  const plain = path.replaceAll('%27', "'").replaceAll('%24', '$').replaceAll('%28', '(').replaceAll('%29', ')');
  const segments = plain.replace(/(\w)\(([^()/]+)\)/g, (_, last, key) => `${last}/${bareKey(key)}`);
  return mark === -1 ? segments : segments + target.slice(mark);
};

/** A quote inside a key is doubled (OData ABNF, SQUOTE-in-string). */
const bareKey = (key: string): string => {
  const quoted = /^'(.*)'$/.exec(key)?.[1];
  return quoted === undefined ? key : quoted.replaceAll("''", "'");
};
