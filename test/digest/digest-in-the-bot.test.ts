import { expect, test } from 'vitest';
import { withBot } from '../support/with-bot.js';

test('the running bot posts one digest each morning, and a report of the same day has the same figures', async () => {
  await withBot(async (bot) => {
    const url = bot.programme.urls.affilkaReportUrl({ brands: ['12'] });
    await bot.type(`/offer add ${url} name:"Lucky Star"`);
    await bot.type('/digest schedule at:09:00 tz:Europe/Malta');

    await bot.passHours(48);

    const digests = bot.said.filter(({ card }) => /offers? in/.test(card.title));
    expect(digests.map(({ to, card }) => `${to} ${card.title}`)).toEqual([
      '#casino Fri 20 Nov · 1 of 1 offer in · 1 still filling up',
      '#casino Sat 21 Nov · 1 of 1 offer in · 1 still filling up',
    ]);
    const now = await bot.type('/digest now');
    const report = await bot.type('/report yesterday metrics:ftds as:table');
    const line = now.card.blocks.flatMap((block) => (block.type === 'facts' ? block.facts : []))[0];
    const table = report.card.blocks.find((block) => block.type === 'table');
    expect(line?.value.split(' ')[0]).toBe(table?.type === 'table' ? table.rows.at(-1)?.[2] : 'no table');
  });
});
