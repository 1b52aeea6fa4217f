/** Makes an unhandled case of a union a compile error, and names it if it ever happens at run time. */
export const assertNever = (value: never): never => {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
};
