import { type AgentErrorCode, agentErrors } from './agent-errors.ts';

/** A failure of the catalogue. `message` and `action` are for people; `cause` is for the debugger only. */
export class AgentError extends Error {
  readonly code: AgentErrorCode;
  readonly action: string;
  /** The resource that stands in the way, when there is one. */
  readonly resourceId: string | undefined;

  constructor(code: AgentErrorCode, detail: string, options: AgentErrorOptions) {
    super(`${agentErrors[code][0]}: ${detail}`, { cause: options.cause });
    this.name = 'AgentError';
    this.code = code;
    this.action = options.action ?? agentErrors[code][1];
    this.resourceId = options.resourceId;
  }

  get exitCode(): number {
    return Number(this.code.slice('AZCM'.length));
  }
}

export interface AgentErrorOptions {
  readonly cause?: unknown;
  /** Replaces the catalogue's advice where more is known. */
  readonly action?: string;
  readonly resourceId?: string;
}

export const agentError = (code: AgentErrorCode, detail: string, options: AgentErrorOptions = {}): AgentError =>
  new AgentError(code, detail, options);

/** Any throw as one of the catalogue: a bug or a full disk is AZCM0001 with its own words. */
export const asAgentError = (error: unknown): AgentError =>
  error instanceof AgentError
    ? error
    : agentError('AZCM0001', error instanceof Error ? error.message : String(error), { cause: error });
