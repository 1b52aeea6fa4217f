/** Counts wrong guesses in windows of time, for all replicas. */
export interface GuessStore {
  /** Wrong guesses under each of the keys (digests) since `since`, in the order of the keys. */
  count(keys: readonly string[], since: Date): Promise<readonly number[]>;
  /** One more under each of the keys; a count that began before `since` begins anew. */
  add(keys: readonly string[], window: { readonly now: Date; readonly since: Date }): Promise<void>;
  clear(keys: readonly string[]): Promise<void>;
  /** Counts that began before `at`; how many. Anybody can make us count under a new key, so they have to go. */
  deleteBefore(at: Date): Promise<number>;
}
