import type { Answer, DirectoryContext } from '@holdfast/contracts';

/** An object as Graph's clients see it; every property by name. */
export type Entity = Readonly<Record<string, unknown>>;

/** Limits an object to the properties that were asked for. */
export const selected = (entity: Entity, select: ReadonlySet<string> | undefined): Entity =>
  select === undefined
    ? entity
    : Object.fromEntries(
        Object.entries(entity).filter(([name]) => select.has(name.toLowerCase()) || name.startsWith('@odata.')),
      );

export interface EntityAnswer {
  /** What the object is one of, such as `users`. */
  readonly set: string;
  readonly entity: Entity;
  readonly select?: ReadonlySet<string> | undefined;
  readonly status?: number;
}

/** One object, with the address of what describes it. */
export const entityAnswer = (
  { origin }: DirectoryContext,
  { set, entity, select, status = 200 }: EntityAnswer,
): Answer => ({
  status,
  body: { '@odata.context': `${origin}/v1.0/$metadata#${set}/$entity`, ...selected(entity, select) },
});

/** What a question was answered with: a flag, or texts. */
export const valueAnswer = ({ origin }: DirectoryContext, type: string, value: unknown): Answer => ({
  status: 200,
  body: { '@odata.context': `${origin}/v1.0/$metadata#${type}`, value },
});

/** Done, and nothing to say. */
export const done: Answer = { status: 204 };
