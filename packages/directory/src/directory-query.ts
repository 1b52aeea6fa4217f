/** A condition that the directory's lists can be narrowed by. Text is compared without letter case. */
export interface Condition<Field extends string> {
  readonly field: Field;
  readonly operator: 'equals' | 'startsWith';
  readonly value: string | boolean;
}

/** One page of what meets every condition, in the order of creation. */
export interface DirectoryQuery<Field extends string> {
  readonly where: readonly Condition<Field>[];
  /** 1 to 999. */
  readonly top: number;
  /** What the page before gave as `next`. */
  readonly after: string | undefined;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Opaque; undefined on the last page. */
  readonly next: string | undefined;
}
