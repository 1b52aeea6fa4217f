declare const brand: unique symbol;

/**
 * A value that has passed a parser: the only way to a `Brand` is the function that checks it. Brands add up: what is
 * checked further keeps what it was.
 */
export type Brand<T, Name extends string> = T & { readonly [brand]: Readonly<Record<Name, true>> };
