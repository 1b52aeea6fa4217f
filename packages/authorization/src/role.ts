import type { Uuid } from '@holdfast/kernel';

/** What a role lets its holders do: `actions` less `notActions`. */
export interface Role {
  readonly id: Uuid;
  readonly name: string;
  readonly description: string;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
}
