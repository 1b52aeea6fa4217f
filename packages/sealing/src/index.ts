// sealing: keeps small secrets readable only with the master key, which never lies where the sealed bytes do. Server packages may import it.
export { createSealer, masterKeyBytes, type Sealer } from './sealer.ts';
