/** A setting that cannot be used; the message says which, where it was given and what would do. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigError';
  }
}
