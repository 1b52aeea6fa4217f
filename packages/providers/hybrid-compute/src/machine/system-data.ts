import type { Principal } from '@holdfast/contracts';
import type { SystemData } from './machine.ts';

interface Change {
  readonly caller: Principal;
  readonly now: Date;
}

export const created = ({ caller, now }: Change): SystemData => ({
  createdBy: caller.name,
  createdByType: caller.kind,
  createdAt: now,
  lastModifiedBy: caller.name,
  lastModifiedByType: caller.kind,
  lastModifiedAt: now,
});

export const modified = (existing: SystemData, { caller, now }: Change): SystemData => ({
  ...existing,
  lastModifiedBy: caller.name,
  lastModifiedByType: caller.kind,
  lastModifiedAt: now,
});
