import { expect, onTestFinished, test, vi } from 'vitest';
import { addMilliseconds } from '../../src/dates.js';
import { plannedDispatch } from '../contracts/planned-dispatch.js';
import { now as storedAt, storeOffer } from '../support/stored.js';
import { readBlock } from './server/read-blocks.js';
import type { Json } from './server/state.js';
import { type SlackDriver, startDriver } from './slack-driver.js';

let next = 0;

async function happen(driver: SlackDriver, event: Json, id = `Ev${next++}`): Promise<void> {
  await driver.deliver({
    type: 'events_api',
    payload: { type: 'event_callback', team_id: 'T0CASINO', event_id: id, event, event_time: 1 },
  });
  await driver.slack.settled();
}

function homeOf(driver: SlackDriver, user: string): string {
  const view = driver.server.state.homes.get(user);
  return ((view?.blocks ?? []) as Json[]).map(readBlock).join('\n');
}

async function start() {
  const dispatch = plannedDispatch();
  // Over HTTP an acknowledged event has reached its listener; over the socket that cannot be seen from outside.
  const driver = await startDriver(dispatch, { mode: 'http' });
  return { dispatch, driver };
}

const message = { type: 'message', channel: 'C0CASINO', channel_type: 'channel', user: 'U0BOB', ts: '1.1' };
const report =
  'https://primetime.partners/api/client/partner/report.json?token=test-token-secret-5678&from=2026-11-01&to=2026-11-02';

test('a report URL with a token that others can read is answered to its writer alone, with the way to expire it', async () => {
  const { driver } = await start();

  await happen(driver, { ...message, text: `look: <${report.replaceAll('&', '&amp;')}> :)` });

  const warned = driver.privately('bob').join('\n');
  expect(warned).toContain('Others can read the Affilka token …5678 that you have just posted.');
  expect(warned).toContain('Delete your message.');
  expect(warned).not.toContain('test-token');
  expect(driver.privately('ann')).toEqual([]);
  expect(driver.publicly()).toEqual([]);
});

test.each<[string, Json]>([
  ['a link without a token', { ...message, text: 'https://primetime.partners/news' }],
  ['a bot', { ...message, text: report, bot_id: 'B1' }],
  ['somebody leaving', { ...message, text: report, subtype: 'channel_leave' }],
  ['a message to the bot alone', { ...message, text: report, channel_type: 'im' }],
])('%s is not warned of', async (_, event) => {
  const { driver } = await start();

  await happen(driver, event);

  expect(driver.server.state.whispers).toEqual([]);
});

test('a token written into a message later is warned of too, in its thread', async () => {
  const { driver } = await start();
  const edited = { user: 'U0BOB', text: report, ts: '1.1', thread_ts: '1.0' };

  await happen(driver, { type: 'message', subtype: 'message_changed', channel: 'C0CASINO', message: edited });

  expect(driver.privately('bob')).toHaveLength(1);
  expect(driver.server.callsOf('chat.postEphemeral')[0]).toMatchObject({ thread_ts: '1.0' });
});

test('an event that is delivered again is worked on once', async () => {
  const { driver } = await start();

  for (let delivery = 0; delivery < 3; delivery += 1)
    await happen(driver, { ...message, text: report }, 'EvAgain');

  expect(driver.privately('bob')).toHaveLength(1);
});

test('the bot says hello with the first step where it is added, once', async () => {
  const { driver } = await start();
  const joined = {
    type: 'member_joined_channel',
    user: 'UBOTT0CASINO',
    channel: 'C0CASINO',
    inviter: 'U0BOB',
  };

  await happen(driver, joined);
  await happen(driver, { ...joined, user: 'U0BOB' });

  const due = addMilliseconds(new Date(driver.server.state.now()).toISOString(), 60_000);
  const hello = await driver.stores.outbox.claim(due);
  expect(hello).toMatchObject({
    target: { kind: 'channel', id: 'C0CASINO' },
    card: { title: 'Tallyman is here' },
  });
  expect(JSON.stringify(hello?.card)).toContain('Add an offer');
  expect(await driver.stores.outbox.claim(due)).toBeNull();
});

test("Home shows a person's own offers, their state and what fits it", async () => {
  const { driver } = await start();
  const mine = { workspace: 'slack:T0CASINO', ownerId: 'U0BOB', ownerName: 'Bob' };
  await storeOffer(driver.stores, { ...mine, name: 'Lucky Star' });
  const paused = await storeOffer(driver.stores, { ...mine, name: 'Bella' });
  await driver.stores.offers.change(paused.id, { state: 'paused' });
  const broken = await storeOffer(driver.stores, { ...mine, name: 'Royal' });
  await storeOffer(driver.stores, { ...mine, name: 'Somebody else’s', ownerId: 'U0ANN' });
  await driver.stores.incidents.open({
    workspace: 'slack:T0CASINO',
    kind: 'token-refused',
    subject: `offer:${broken.id}`,
    offerId: broken.id,
    problem: { code: 'probe.token-refused', what: 'Refused.', why: 'Why.', fix: [] },
    openedAt: storedAt,
  });

  await happen(driver, { type: 'app_home_opened', tab: 'home', user: 'U0BOB' });

  const home = homeOf(driver, 'U0BOB');
  expect(home).toContain('1 · Lucky Star · starting');
  expect(home).toMatch(/2 · Bella · paused .*\n\[Resume\] \[Show\]/);
  expect(home).toMatch(/3 · Royal · token refused .*\n\[Replace URL\] \[Read now\] \[Acknowledge\] \[Show\]/);
  expect(home).not.toContain('Somebody');
});

test('Home shows guests nothing, and newcomers the first step', async () => {
  const { driver } = await start();

  await happen(driver, { type: 'app_home_opened', tab: 'home', user: 'U0GUEST' });
  await happen(driver, { type: 'app_home_opened', tab: 'home', user: 'U0ANN' });
  await happen(driver, { type: 'app_home_opened', tab: 'messages', user: 'U0BOB' });

  expect(homeOf(driver, 'U0GUEST')).toContain('Guests cannot use Tallyman here.');
  expect(homeOf(driver, 'U0GUEST')).not.toContain('[');
  expect(homeOf(driver, 'U0ANN')).toContain('[Add an offer]');
  expect(homeOf(driver, 'U0BOB')).toBe('');
});

test('a button on Home is answered in a direct message', async () => {
  const { dispatch, driver } = await start();

  await driver.deliver({
    type: 'interactive',
    payload: {
      type: 'block_actions',
      team: { id: 'T0CASINO' },
      user: { id: 'U0ANN', team_id: 'T0CASINO' },
      container: { type: 'view' },
      view: { type: 'home' },
      trigger_id: driver.server.trigger('T0CASINO', 'U0ANN'),
      actions: [{ type: 'button', action_id: 'more', block_id: 'b' }],
    },
  });
  await driver.slack.settled();

  expect(dispatch.calls).toMatchObject([{ command: 'press more' }]);
  expect(driver.privately('ann')).toEqual(['✅ Answer of press more']);
  expect(homeOf(driver, 'U0ANN')).toContain('[Add an offer]');
});

test.each<[string, Json]>([
  ['app_uninstalled', { type: 'app_uninstalled' }],
  ['tokens_revoked', { type: 'tokens_revoked', tokens: { bot: ['UBOTT0CASINO'] } }],
])('after %s nothing of the installation is left', async (_, event) => {
  const { driver } = await start();
  const installation = {
    workspace: 'slack:T0CASINO',
    name: 'T',
    sealed: 'x',
    installedAt: '2026-11-20T09:00:00.000Z',
  };
  await driver.stores.installations.save(installation);

  await happen(driver, event);

  expect(await driver.stores.installations.get('slack:T0CASINO')).toBeNull();
});

test('over the socket events arrive too', async () => {
  const driver = await startDriver(plannedDispatch());
  onTestFinished(() => driver.slack.stop());

  await happen(driver, { ...message, text: report });

  await vi.waitFor(() => expect(driver.privately('bob')).toHaveLength(1));
});
