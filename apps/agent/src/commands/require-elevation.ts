import { agentError } from '../agent-error.ts';
import type { CliWorld } from '../cli-world.ts';

/**
 * Changing a server's state is for root; a root prefix makes it a state of the user's own.
 * @throws AZCM0018
 */
export const requireElevation = ({ root, elevated }: CliWorld): void => {
  if (root === '/' && !elevated) throw agentError('AZCM0018', 'this command changes the state of the machine');
};
