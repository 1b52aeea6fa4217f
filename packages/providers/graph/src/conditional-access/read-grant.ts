import { armError } from '@holdfast/arm';
import type { GrantControlsBody } from '@holdfast/contracts';
import type { GrantControl, GrantControls } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';

const controls: Readonly<Record<string, GrantControl>> = {
  mfa: { kind: 'mfa' },
  clientCertificate: { kind: 'certificate' },
};

const refuse = (detail: string): Error => armError('DirectoryBadRequest', { detail: `grantControls: ${detail}` });

/** What a policy asks for. `locations` are ids that are known to be there. */
export const readGrant = (body: GrantControlsBody, locations: readonly Uuid[]): GrantControls => {
  const names = [...new Set(body.builtInControls ?? [])];
  const required = names.filter((name) => name !== 'block');
  if (required.length < names.length) {
    if (required.length === 0 && locations.length === 0) return { kind: 'block' };
    throw refuse("'block' stands alone.");
  }
  const known = required.map((name) => {
    const control = Object.hasOwn(controls, name) ? controls[name] : undefined;
    if (control !== undefined) return control;
    throw refuse(`'${name}' is not supported: supported are block, ${Object.keys(controls).join(', ')}.`);
  });
  const places: GrantControl[] = locations.length === 0 ? [] : [{ kind: 'location', locationIds: locations }];
  if (known.length + places.length === 0) throw refuse('a policy must block or require something.');
  return { kind: 'require', operator: body.operator ?? 'OR', controls: [...known, ...places] };
};
