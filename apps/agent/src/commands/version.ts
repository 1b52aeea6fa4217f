import { agentVersion } from '../agent-version.ts';
import type { Command } from './command.ts';

export const version: Command = async ({ report }) => {
  report.result(`azcmagent version ${agentVersion}\n`, { version: agentVersion });
};
