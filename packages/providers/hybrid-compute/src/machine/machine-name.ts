import { type ArmError, armError, type Name, nameOf } from '@holdfast/arm';
import { err, ok, type Result } from '@holdfast/kernel';

const rule = "use 1 to 54 letters, digits, '-', '_' or '.'.";

export const parseMachineName = (raw: string): Result<Name, ArmError> =>
  /^[\w.-]{1,54}$/.test(raw) ? ok(nameOf(raw)) : err(armError('InvalidResourceName', { name: raw, rule }));
