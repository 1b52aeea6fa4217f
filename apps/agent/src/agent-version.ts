/** The agent's version as the product writes it: four parts. The first three are this package's. */
export const agentVersion = '0.1.0.0';
