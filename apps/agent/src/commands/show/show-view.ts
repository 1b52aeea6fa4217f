import { readFileSync, statSync } from 'node:fs';
import {
  type AgentStatus,
  type Connection,
  localApiSocketPath,
  parseConnection,
  statePaths,
} from '@holdfast/agent-runtime';
import { AgentError } from '../../agent-error.ts';
import { agentVersion } from '../../agent-version.ts';
import type { CliWorld } from '../../cli-world.ts';
import { createHimdsCalls } from '../../himds-client/himds-calls.ts';

/** What `show` prints: himds' status, or what the files tell without it. */
export interface ShowView {
  readonly status: AgentStatus;
  /** `unknown` to users who may not ask. */
  readonly himds: 'running' | 'stopped' | 'unknown';
  readonly logFile: string;
}

export const findShowView = async (world: CliWorld): Promise<ShowView> => {
  const logFile = statePaths(world.root).himdsLog;
  try {
    return { status: await createHimdsCalls(world).status(), himds: 'running', logFile };
  } catch (error) {
    if (!(error instanceof AgentError)) throw error;
    return { status: await statusFromFiles(world), himds: isHidden(world) ? 'unknown' : 'stopped', logFile };
  }
};

const isHidden = ({ root }: CliWorld): boolean => {
  try {
    statSync(localApiSocketPath(root));
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EACCES';
  }
};

const statusFromFiles = async (world: CliWorld): Promise<AgentStatus> => {
  const connection = readConnection(world.root);
  return {
    agentVersion,
    state: connection === undefined ? 'NotConnected' : 'Disconnected',
    target: connection?.target ?? null,
    resourceId: connection?.resourceId ?? null,
    vmId: connection?.vmId ?? null,
    principalId: connection?.principalId ?? null,
    location: connection?.target.location ?? null,
    lastHeartbeat: null,
    nextHeartbeat: null,
    certificateNotAfter: null,
    cloneSuspectedSince: null,
    error: null,
    metadataEndpoint: { url: 'http://localhost:40342', state: 'unavailable', detail: 'himds is not running' },
    clockSkewSeconds: null,
    facts: await world.facts(),
  };
};

const readConnection = (root: string): Connection | undefined => {
  try {
    return parseConnection(readFileSync(statePaths(root).connection, 'utf8'));
  } catch {
    return undefined;
  }
};
