/**
 * The ladder of the agent protocol. An agent sends its number in {@link protocolHeader}; the control plane
 * answers every number of the ladder and refuses an unknown one with `AgentProtocolUnsupported`.
 *
 * - 1 (2026-11): certificate, heartbeat with rolling counter, machine token.
 */
export const agentProtocolVersions = [1] as const;
export const currentAgentProtocol = 1;
export const protocolHeader = 'holdfast-agent-protocol';
