import type { Brand } from '@holdfast/kernel';
import { type ArmError, armError } from './arm-error.ts';

/** A strong entity tag with its quotes (RFC 9110 section 8.8.3). */
export type ETag = Brand<string, 'ETag'>;

/** The tag of a resource at its `version`-th state. */
export const etagOf = (version: number | string): ETag => `"${version}"` as ETag;

export interface Conditions {
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
}

/**
 * Why a write must not happen, or undefined. `current` is undefined when the resource does not exist.
 * RFC 9110 section 13.1; `*` means "any state that exists".
 */
export const failedCondition = (conditions: Conditions, current: ETag | undefined): ArmError | undefined => {
  const { ifMatch, ifNoneMatch } = conditions;
  if (ifMatch !== undefined && !matches(ifMatch, current, isStrongly))
    return armError('PreconditionFailed', { header: 'If-Match' });
  if (ifNoneMatch !== undefined && matches(ifNoneMatch, current, isWeakly))
    return armError('PreconditionFailed', { header: 'If-None-Match' });
  return undefined;
};

type Comparison = (given: string, current: ETag) => boolean;

/** A weak tag is nobody's licence to overwrite (section 13.1.1), but enough to know a state by (section 13.1.2). */
const isStrongly: Comparison = (given, current) => given === current;
const isWeakly: Comparison = (given, current) => given.replace(/^W\//, '') === current;

const matches = (header: string, current: ETag | undefined, isSame: Comparison): boolean =>
  current !== undefined && (header.trim() === '*' || header.split(',').some((tag) => isSame(tag.trim(), current)));
