import type { Command } from 'commander';
import type { CommandSettings } from './command-settings.ts';
import { identityProviderCommand } from './identity-provider.ts';
import { principalCommand } from './principal.ts';
import { signInCommand } from './sign-in.ts';
import { signingKeyCommand } from './signing-key.ts';
import { tenantCommand } from './tenant.ts';
import { userCommand } from './user.ts';

/** Every command besides `serve`, in the order of the help. */
export const administrativeCommands = (settings: CommandSettings): readonly Command[] =>
  [tenantCommand, userCommand, principalCommand, identityProviderCommand, signInCommand, signingKeyCommand].map(
    (command) => command(settings),
  );
