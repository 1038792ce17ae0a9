import { expect, test } from 'vitest';
import { DeliveryError } from '../../src/delivery/outbox.js';
import { hour, minute, openBench } from '../support/bench-core.js';
import { failRun, goodRun } from '../support/offer-at-work.js';
import { storeOffer } from '../support/stored.js';

test('after six hours of silence says open alerts once each and those that passed in one message', async () => {
  const bench = await openBench('2026-11-17T07:10:00.000Z');
  const offers = [];
  for (const name of ['Royal', 'Nord', 'Bella', 'Lucky']) {
    offers.push(
      await storeOffer(bench.stores, {
        name,
        host: `${name}.example`,
        fingerprint: name,
        tokenFingerprint: name,
      }),
    );
  }
  bench.chat.onCall = () => bench.chat.faults.push({ error: new DeliveryError('refused', 'http_503') });
  for (const offer of offers) await failRun(bench, offer);
  for (let passed = 0; passed < 6 * 60; passed += 10) {
    bench.clock.forward(10 * minute);
    await bench.deliverAll();
  }
  const [royal, nord, bella] = offers;
  for (const offer of [royal, nord, bella]) if (offer) await goodRun(bench, offer.id);
  bench.chat.onCall = () => {};
  bench.clock.forward(hour);
  await bench.deliverAll();

  const lucky = 'Lucky has stopped: its token is refused (since Tue 07:10, 3 tries)';
  const passedTitle = '3 alerts came and went while nothing could be said here';
  expect(bench.chat.titlesAt('#casino').sort()).toEqual([passedTitle, lucky]);
  expect(bench.chat.titlesAt('Ann').sort()).toEqual([passedTitle, lucky]);
  const lines = bench.chat.posted.find((one) => one.titles[0] === passedTitle)?.message.card.blocks ?? [];
  expect(lines.map((line) => (line.type === 'text' ? line.text.slice(0, 24) : ''))).toEqual([
    'Royal is back after 6 h:',
    'Nord is back after 6 h: ',
    'Bella is back after 6 h:',
  ]);
});
