import type { Html } from './html.ts';
import { textField } from './text-field.ts';

export const otpField = ({
  error,
  autofocus,
}: {
  readonly error: string | undefined;
  readonly autofocus: boolean;
}): Html =>
  textField({
    name: 'otp',
    label: 'Code',
    hint: 'The six digits your authenticator app shows now',
    invalid: error !== undefined,
    attributes: {
      type: 'text',
      class: 'code',
      inputmode: 'numeric',
      autocomplete: 'one-time-code',
      maxlength: '12',
      autofocus,
    },
  });
