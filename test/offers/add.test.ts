import { expect, test } from 'vitest';
import { cardText, withBot } from '../support/with-bot.js';
import { addLuckyStar, auditOf, codesOf, offerOf, textOf } from './offer-at-hand.js';

test('adds a good URL, tells when it is read next in the zone of the workspace, and reads 90 days', async () => {
  await withBot(async (bot) => {
    await bot.type('/alert settings tz:Asia/Kolkata');

    const reply = await addLuckyStar(bot);

    expect(reply).toMatchObject({ ok: true, private: true });
    expect(reply.card.title).toMatch(/^Added Lucky Star as offer 1 \(.*, token ….{4}\)$/);
    const offer = await offerOf(bot, 'Lucky Star');
    const local = new Date(Date.parse(offer.nextSyncAt) + 5.5 * 3_600_000).toISOString().slice(11, 16);
    expect(textOf(reply)).toContain(`next at ${local} Asia/Kolkata`);
    expect(offer.nextSyncAt > bot.clock.now()).toBe(true);
    expect(bot.said.map((said) => said.card.title)).toEqual([
      'Lucky Star: all 90 days read (23 Aug – 20 Nov), 180 rows',
    ]);
  });
});

test('refuses a URL with faults, and one press mends them and goes on with the name that was given', async () => {
  await withBot(async (bot) => {
    const url = bot.programme.urls.affilkaReportUrl({
      brands: ['12'],
      groups: ['day', 'campaign'],
      period: 'month',
      page: 3,
    });

    const refused = await bot.type(`/offer add ${url} name:"Lucky Star"`);
    expect(refused.ok).toBe(false);
    expect(codesOf(refused)).toEqual([
      'affilka.group-by-missing',
      'affilka.period-not-custom',
      'affilka.page-not-one',
    ]);
    expect(await bot.tallyman.core.stores.offers.list('terminal')).toEqual([]);

    const added = await bot.press(refused.card, /^Fix these/);
    expect(added.card.title).toContain('Added Lucky Star as offer 1');
    expect(textOf(added)).toContain('Set page to 1.');
  });
});

test('asks for the currency that a report does not name, and takes the stated one', async () => {
  await withBot(async (bot) => {
    const url = bot.programme.urls.referonExportUrl({ brands: ['14'] });

    const asked = await bot.type(`/offer add ${url} name:Royal`);
    expect(asked).toMatchObject({ ok: true, card: { tone: 'warning' } });
    expect(codesOf(asked)).toEqual(['probe.currency-unknown']);
    const pressed = await bot.press(asked.card, 'State the currency');
    expect(codesOf(pressed)).toEqual(['command.form-elsewhere']);

    const added = await bot.type(`/offer add ${url} name:Royal currency:eur`);
    expect(added.card.title).toContain('Added Royal');
    expect(await offerOf(bot, 'Royal')).toMatchObject({ currency: 'EUR', platform: 'referon' });
  });
});

test('names several brands, asks, and adds them all when told so', async () => {
  await withBot(async (bot) => {
    const asked = await bot.type(`/offer add ${bot.programme.urls.affilkaReportUrl()}`);
    expect(codesOf(asked)).toEqual(['probe.several-brands']);
    expect(textOf(asked)).toContain('The report holds 3 brands: Bella Vegas, Café Royal, Lucky Star.');

    const added = await bot.press(asked.card, 'Add it as it is');
    expect(added.ok).toBe(true);
    // Several brands give no name, so the host does.
    expect(added.card.title).toContain(`Added ${bot.programme.host} as offer 1`);
  });
});

test('asks about an empty report with the two usual causes', async () => {
  await withBot(async (bot) => {
    const asked = await bot.type(`/offer add ${bot.programme.urls.affilkaReportUrl({ brands: ['99'] })}`);
    expect(codesOf(asked)).toEqual(['probe.empty']);
    expect(textOf(asked)).toContain('brand filter');
    expect(textOf(asked)).toContain('all columns');
  });
});

test('notes mixed currencies without conversion, each on its own line', async () => {
  await withBot(async (bot) => {
    const url = bot.programme.urls.affilkaReportUrl({ brands: ['17'], currency: null });
    const added = await bot.type(`/offer add ${url}`);
    expect(added.card.title).toContain('Added Bella Vegas');
    expect(codesOf(added)).toEqual(['affilka.no-conversion', 'probe.mixed-currencies']);
    for (const currency of ['"BTC"', '"EUR"', '"JPY"']) expect(textOf(added)).toContain(currency);
  });
});

test('recognises the same report, and the same figures behind a new token', async () => {
  await withBot(async (bot) => {
    await addLuckyStar(bot);
    const { urls } = bot.programme;

    const same = await bot.type(`/offer add ${urls.affilkaReportUrl({ brands: ['12'], period: 'month' })}`);
    expect(codesOf(same)).toContain('affilka.period-not-custom');
    const mended = await bot.press(same.card, /^Fix/);
    expect(codesOf(mended)).toEqual(['link.already-added']);

    const token = bot.programme.issueToken('affilka');
    const asked = await bot.type(`/offer add ${urls.affilkaReportUrl({ brands: ['12'], token })}`);
    expect(codesOf(asked)).toEqual(['probe.counted-already']);
    expect(textOf(asked)).toContain('/offer renew \\"Lucky Star\\"');

    const other = await bot.type(`/offer add ${urls.affilkaReportUrl({ brands: ['14'], token })}`);
    expect(other.card.title).toContain('Added Café Royal');
  });
});

test('tells what to do about a refused token of a URL that is not added yet', async () => {
  await withBot(async (bot) => {
    const url = bot.programme.urls.affilkaReportUrl({ token: 'test-token-never-issued' });
    for (const command of ['add', 'check']) {
      const refused = await bot.type(`/offer ${command} ${url}`);
      expect(codesOf(refused)).toEqual(['probe.token-refused']);
      expect(textOf(refused)).toContain('Run the command again with the new URL.');
      expect(textOf(refused)).not.toContain('/offer renew');
    }
  });
});

test('does not promise another try for a URL that nothing reads by itself yet', async () => {
  await withBot(async (bot) => {
    for (const fault of ['status-429', 'status-503'] as const) {
      bot.programme.faults.set(fault, { next: 1 });
      const refused = await bot.type(`/offer add ${bot.programme.urls.affilkaReportUrl()}`);
      expect(refused.ok).toBe(false);
      expect(textOf(refused)).toContain('Wait a few minutes and run the command again.');
      expect(textOf(refused)).not.toContain('by itself');
    }
  });
});

test('takes a customer API URL with the token beside it, and says which columns the account does not have', async () => {
  await withBot(
    async (bot) => {
      const { url, token } = bot.programme.urls.affilkaCustomerUrl({ brands: ['12'] });
      expect(codesOf(await bot.type(`/offer add ${url}`))).toEqual(['link.token-missing']);

      const added = await bot.type(`/offer add ${url} token:${token}`);
      expect(added.card.title).toContain('Added Lucky Star');
      expect(codesOf(added)).toEqual(['probe.column-absent']);
      expect(textOf(added)).toContain('your account does not have them');
      await bot.settle();
      expect(bot.said[0]?.card.title).toContain('all 90 days read');
    },
    {
      programme: {
        enabledColumns: [
          'visits_count',
          'registrations_count',
          'first_deposits_count',
          'first_deposits_sum',
          'ngr',
        ],
      },
    },
  );
});

test('refuses a name that is taken, a start too far back and values that are none', async () => {
  await withBot(async (bot) => {
    await addLuckyStar(bot);
    const url = bot.programme.urls.affilkaReportUrl({ brands: ['14'] });
    const codes: string[] = [];
    for (const rest of [
      'name:"LUCKY star"',
      'from:2020-01-01',
      'from:yesterday',
      'currency:e',
      'channel:"a b"',
      'chanel:#x',
    ]) {
      codes.push(...codesOf(await bot.type(`/offer add ${url} ${rest}`)));
    }
    expect(codes).toEqual([
      'offer.name-taken',
      'offer.history-too-long',
      'command.bad-value',
      'command.bad-value',
      'command.bad-value',
      'command.unknown-option',
    ]);
  });
});

test('keeps a hostile name as plain text, in the answer and in the channel', async () => {
  await withBot(async (bot) => {
    const name = '<!channel> @everyone *x* =1+1';
    const url = bot.programme.urls.affilkaReportUrl({ brands: ['12'] });
    const added = await bot.type(`/offer add ${url} name:"${name}"`);
    await bot.settle();
    expect(added.card.title).toContain(`Added ${name} as offer 1`);
    expect(bot.said[0]?.card.title).toContain(name);
    const shown = await bot.type(`/offer show "${name}"`);
    expect(shown.ok).toBe(true);
  });
});

test('checks without saving, and one press adds what was checked', async () => {
  await withBot(async (bot) => {
    const checked = await bot.type(`/offer check ${bot.programme.urls.affilkaReportUrl({ brands: ['12'] })}`);
    expect(checked.card.title).toMatch(/^All is well with this Affilka URL/);
    expect(await bot.tallyman.core.stores.offers.list('terminal')).toEqual([]);
    expect(await auditOf(bot)).toEqual([]);

    const added = await bot.press(checked.card, 'Add it');
    expect(added.card.title).toContain('Added Lucky Star');
    expect(await auditOf(bot)).toEqual(['Ann offer add offer 1 done']);
  });
});

test('a URL that is none gets the way to each platform’s link', async () => {
  await withBot(async (bot) => {
    const lines = ['hello', 'https://www.google.com/', bot.programme.urls.dashboardUrl()];
    const codes = [];
    for (const line of lines) codes.push(...codesOf(await bot.type(`/offer add ${line}`)));
    expect(codes).toEqual(['link.not-a-url', 'link.unknown-platform', 'link.dashboard-page']);
    expect(cardText((await bot.type('/offer add hello')).card)).toContain('Copy link');
  });
});
