import { type Brand, err, ok, type Result } from '@holdfast/kernel';
import { type ArmError, armError } from './arm-error.ts';

/** An ARM api-version: a date, possibly with `-preview`. Compare with {@link isSince}. */
export type ApiVersion = Brand<string, 'ApiVersion'>;

const pattern = /^(\d{4})-(\d{2})-(\d{2})(-[a-z]+)?$/;

/** What a resource type answers to: any date from `oldest` on gets the nearest shape. */
export interface VersionSupport {
  /** `Microsoft.HybridCompute/machines`, or undefined for ARM's own routes. */
  readonly resourceType?: string;
  readonly oldest: string;
  /** The versions named in the error for any other. */
  readonly listed: readonly string[];
  /** Other words that clients use for a version. */
  readonly aliases?: Readonly<Record<string, string>>;
}

/** The version a program writes down itself. */
export const apiVersion = (text: string): ApiVersion => text as ApiVersion;

export const parseApiVersion = (raw: string | undefined, support: VersionSupport): Result<ApiVersion, ArmError> => {
  if (raw === undefined || raw === '') return err(armError('MissingApiVersionParameter', {}));
  const version = support.aliases?.[raw] ?? raw.toLowerCase();
  if (pattern.test(version) && dateOf(version) >= dateOf(support.oldest)) return ok(version as ApiVersion);
  const supported = support.listed.join(support.resourceType === undefined ? ',' : ', ');
  return err(
    support.resourceType === undefined
      ? armError('InvalidApiVersionParameter', { version: raw, supported })
      : armError('InvalidResourceTypeVersion', { type: support.resourceType, version: raw, supported }),
  );
};

/** True when `version` is as new as `first`, previews counted by their date. */
export const isSince = (version: ApiVersion, first: string): boolean => dateOf(version) >= dateOf(first);

const dateOf = (version: string): string => version.slice(0, 10);
