/** The only source of chance. */
export interface Random {
  /** `length` bytes fit for keys and secrets. */
  bytes(length: number): Uint8Array;
}
