import { openDatabase } from '../../db/open.js';

// Clears old runs away without a pause, so that a kill at a random moment falls into its work.
const { stores, close } = await openDatabase(process.env.DATABASE_URL ?? '');
process.stdout.write('begins\n');
while (await stores.oldRecords.clear('runs', '2026-08-18T00:00:00.000Z'));
await close();
