import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '@holdfast/testkit';
import { afterAll, expect, test } from 'vitest';
import { createTestAdministration } from '../../test/test-administration.ts';
import { authorityLabel } from '../bootstrap/first-tenant.ts';
import { sealerOf } from './sealer-of.ts';

const { tools, sealer, folder } = await createTestAdministration('sealer-of', afterAll);

test('a command makes no master key, and uses none but that of the servers', async () => {
  const sealed = sealer.seal(Uint8Array.of(1), authorityLabel);
  await tools.stores.authorities.insert({ certificatePem: 'x', sealedPrivateKey: sealed, notAfter: new Date() });
  const withKey = (masterKeyFile: string) => sealerOf({ ...tools, config: { ...tools.config, masterKeyFile } });

  const missing = join(folder, 'missing.key');
  await expect(withKey(missing)).rejects.toThrow(/no master key/);
  expect(existsSync(missing)).toBe(false);

  const other = join(folder, 'other.key');
  writeFileSync(other, Buffer.from(seededRandom('other').bytes(32)).toString('hex'));
  await expect(withKey(other)).rejects.toThrow(/not the one of this database's servers/);

  expect((await sealerOf(tools)).open(sealed, authorityLabel)).toEqual(Uint8Array.of(1));
});
