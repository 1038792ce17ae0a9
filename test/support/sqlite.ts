import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Database, type OpenOptions, openDatabase } from '../../db/open.js';
import type { Stores } from '../../src/ports.js';

/** Real stores in memory; they close by themselves when the test ends. */
export async function openTestStores(): Promise<Stores> {
  const database = await openDatabase(':memory:');
  onTestFinished(() => database.close());
  return database.stores;
}

/** A folder that is gone after the test. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tallyman-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A real database in a file; `close` may be called early, as a restart would. */
export async function openTestFile(
  file = join(testFolder(), 'tallyman.db'),
  options: OpenOptions = {},
): Promise<Database & { readonly file: string }> {
  const database = await openDatabase(file, options);
  let closed = false;
  async function close(): Promise<void> {
    if (closed) return;
    closed = true;
    await database.close();
  }
  onTestFinished(close);
  return { ...database, close, file };
}
