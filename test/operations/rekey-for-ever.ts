import { addKey, keepNewestKey, openKeyFile } from '../../adapters/keys/key-file.js';
import { openDatabase } from '../../db/open.js';
import { rekey } from '../../src/operations/rekey.js';

// `tallyman rekey` without its long start, over and over, so that a kill at a random moment falls into its work.
const keyFile = process.env.TALLYMAN_KEY_FILE ?? '';
const { stores } = await openDatabase(process.env.DATABASE_URL ?? '', { alone: true });
process.stdout.write('begins\n');
for (let round = 0; round < 1000; round += 1) {
  await rekey(
    stores,
    {
      read: () => openKeyFile(keyFile, { dataFolder: null }),
      addKey: () => addKey(keyFile),
      keepNewest: () => keepNewestKey(keyFile),
    },
    false,
  );
}
