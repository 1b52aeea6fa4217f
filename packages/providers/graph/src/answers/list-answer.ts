import { nextLink } from '@holdfast/arm';
import type { Answer, DirectoryContext } from '@holdfast/contracts';
import { type Entity, selected } from './entity-answer.ts';

export interface ListAnswer {
  /** What is listed, such as `users`. */
  readonly set: string;
  readonly items: readonly Entity[];
  readonly select: ReadonlySet<string> | undefined;
  /** The next page, when there is one. */
  readonly more?: { readonly path: string; readonly query: ReadonlyMap<string, string>; readonly next: string };
}

export const listAnswer = ({ origin }: DirectoryContext, { set, items, select, more }: ListAnswer): Answer => ({
  status: 200,
  body: {
    '@odata.context': `${origin}/v1.0/$metadata#${set}`,
    ...(more !== undefined && { '@odata.nextLink': nextLink({ origin, ...more }, [more.next]) }),
    value: items.map((item) => selected(item, select)),
  },
});
