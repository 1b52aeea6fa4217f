import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeSelfSigned, type SelfSignedWish } from '@holdfast/testkit';

export interface SelfSignedFiles {
  readonly certFile: string;
  /** Certificate and key in one file. */
  readonly bothFile: string;
  readonly key: string;
  readonly cert: string;
}

/** A self-signed certificate in files of `folder` that are called by its name. */
export const writeSelfSigned = async (folder: string, wish: SelfSignedWish): Promise<SelfSignedFiles> => {
  const { certificatePem: cert, privateKeyPem: key } = await makeSelfSigned(wish);
  const written = (ending: string, text: string): string => {
    const path = join(folder, `${wish.name}.${ending}`);
    writeFileSync(path, text);
    return path;
  };
  return { certFile: written('crt', cert), bothFile: written('pem', cert + key), key, cert };
};
