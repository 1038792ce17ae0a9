import { expect, test } from 'vitest';
import { renderTable } from '../../adapters/discord/render-table.js';
import { offerList } from '../../commands/offer/list.js';
import { caller, runCommand, tables, testCore } from '../digest/core.js';
import { openTestStores } from '../support/sqlite.js';
import { now, storeOffer } from '../support/stored.js';

test('lists a page of offers and counts the rest, those of other channels aside', async () => {
  const stores = await openTestStores();
  for (let index = 0; index < 130; index += 1) {
    const channelId = index < 105 ? 'C1' : 'C2';
    await storeOffer(stores, { name: `Offer ${index}`, fingerprint: `fingerprint-${index}`, channelId });
  }

  const asking = caller({ user: { id: 'U7', name: 'Cleo' } });
  const { card } = await runCommand(offerList, testCore(stores, now), asking);

  const [table] = tables(card);
  expect(card.title).toBe('105 offers');
  expect(table?.rows).toHaveLength(100);
  expect(table?.left).toBe(5);
  expect(JSON.stringify(card.blocks)).toContain('25 more belong to other channels.');
});

test('counts rows that it was not given, in a table and in a list', () => {
  const columns = [{ label: 'Offer' }, { label: 'Note' }];
  const short = renderTable({ columns, rows: [['Nord', 'fine']], left: 24, more: '/offer export' }, 1000);
  const long = renderTable(
    { columns, rows: [['Nord', 'n'.repeat(60)]], left: 24, more: '/offer export' },
    1000,
  );

  expect(short).toContain('… 24 more rows: `/offer export`');
  expect(long).toContain('… 24 more rows: `/offer export`');
});
