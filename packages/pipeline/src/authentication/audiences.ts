/** The audiences ARM clients ask tokens for; older ones hard-code Azure's. Compared without a trailing slash. */
export const armAudiences = (origin: string): readonly string[] => [
  origin,
  'https://management.azure.com',
  'https://management.core.windows.net',
];

/** The names of the directory's API; Graph's own are built into clients. Compared without a trailing slash. */
export const directoryAudiences = (graphOrigin: string): readonly string[] => [
  graphOrigin,
  'https://graph.microsoft.com',
  '00000003-0000-0000-c000-000000000000',
];
