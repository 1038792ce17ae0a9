import { SqliteDialect } from 'kysely';
import { expect, test } from 'vitest';
import { BetterSqlite } from '../../db/better-sqlite.js';
import { endLongWaits } from '../../db/outside-use.js';

async function driverOf(mostMs: number) {
  const driver = new SqliteDialect({ database: new BetterSqlite(':memory:') }).createDriver();
  endLongWaits(driver, mostMs);
  await driver.init();
  return driver;
}

test('whoever waits for the connection without end gets an error, and it is free for the others afterwards', async () => {
  const driver = await driverOf(20);
  const held = await driver.acquireConnection();

  await expect(driver.acquireConnection()).rejects.toThrow('not free for too long');
  await driver.releaseConnection(held);

  const again = await driver.acquireConnection();
  await driver.releaseConnection(again);
});

test('whoever waits less gets the connection', async () => {
  const driver = await driverOf(60_000);
  const held = await driver.acquireConnection();
  const waiting = driver.acquireConnection();

  await driver.releaseConnection(held);

  await driver.releaseConnection(await waiting);
});
