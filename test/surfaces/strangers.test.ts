import { expect, test } from 'vitest';
import { commands } from '../../commands/index.js';
import { fieldsOf } from '../../src/options.js';
import * as people from '../discord/server/people.js';
import { readText } from '../discord/server/read-message.js';
import { nested } from '../discord/server/rules.js';
import type { Place } from '../discord/with-discord.js';
import { readBlock } from '../slack/server/read-blocks.js';
import type { SlackServer } from '../slack/server/slack-server.js';
import type { Json } from '../slack/server/state.js';
import { driveSlack, type Home, type SlackDriver } from '../slack/slack-driver.js';
import { type Surfaces, withSurfaces } from './with-surfaces.js';

const ours: Home = {
  team: 'T0CASINO',
  channel: 'C0CASINO',
  ids: { ann: 'U0ANN', bob: 'U0BOB', guest: 'U0GUEST' },
};
const theirs: Home = {
  team: 'T0RIVAL',
  channel: 'C0LOBBY',
  ids: { ann: 'U7EVE', bob: 'U7MALLORY', guest: 'U7TRUDY' },
};

function twoTeams(server: SlackServer): void {
  for (const [{ team, channel, ids }, names, place] of [
    [ours, ['Annabel', 'Bobby', 'Gus'], 'casino'],
    [theirs, ['Eve', 'Mallory', 'Trudy'], 'lobby'],
  ] as const) {
    server.addTeam({ id: team, name: `Team of ${names[0]}` });
    server.addUser({ id: ids.ann, teamId: team, name: names[0], flags: { is_admin: true } });
    server.addUser({ id: ids.bob, teamId: team, name: names[1] });
    server.addUser({ id: ids.guest, teamId: team, name: names[2], flags: { is_restricted: true } });
    server.addChannel({ id: channel, teamId: team, name: place });
  }
}

/** What a stranger would try where a command wants an offer. Names in small letters: what is typed may be said back. */
const guesses = ['1', '#1', 'golden eagle', 'silver fox', 'golden', 'slack:t0casino'];
const alerts = ['1', '2', '3'];
const nowhere = 'https://intranet/report';

function guessedLines(): string[] {
  return commands.flatMap((command) => {
    const fields = fieldsOf(command.options);
    const asked = fields.filter(({ required, field }) => required || field === 'offer');
    const value = (field: string, guess: string, alert: string) =>
      ({
        offer: guess,
        incident: alert,
        secret: nowhere,
        lines: nowhere,
        time: '09:00',
        duration: '4h',
        text: 'https://track.test/postback',
      })[field] ?? 'Europe/Malta';
    const kinds = asked.map(({ field }) => field);
    const tries = kinds.includes('offer') ? guesses : kinds.includes('incident') ? alerts : ['1'];
    return tries.map((guess) => {
      const options = asked.map(({ name, field }) => `${name}:"${value(field, guess, guess)}"`);
      return [`/${command.name}`, ...options].join(' ');
    });
  });
}

/** An offer with figures, an open alert and a digest in our team and in our server; both had their say in direct messages. */
async function settleIn(surfaces: Surfaces, slack: SlackDriver): Promise<void> {
  const { bot, discord } = surfaces;
  const tokens = [bot.programme.issueToken(), bot.programme.issueToken()];
  const [first, second] = tokens.map((token) => bot.programme.urls.affilkaReportUrl({ token }));
  await slack.type(`/offer add ${first} name:"Golden Eagle" anyway:yes`);
  await discord.type(`/offer add url:${second} name:"Silver Fox" anyway:yes`);
  await bot.settle();
  for (const token of tokens) bot.programme.expireToken(token);
  await surfaces.passHours(3);
  await slack.type('/offer list');
  await discord.type('/offer list');
  await slack.type('/offer renew 1');
  await slack.type('/digest schedule at:12:00 tz:UTC');
  expect(slack.publicly().length).toBeGreaterThan(0);
}

async function stateOf({ bot, discord }: Surfaces) {
  const { stores } = bot.tallyman.core;
  const workspaces = ['slack:T0CASINO', `discord:${discord.guild.id}`];
  return Promise.all(
    workspaces.map(async (workspace) => {
      const known = await stores.offers.list(workspace);
      const offers = known.map(({ id, name, number, ownerId, channelId, tokenTail, state }) => {
        return { id, name, number, ownerId, channelId, tokenTail, state };
      });
      const open = await stores.incidents.listOpen(workspace);
      const incidents = open.map(({ id, number, kind, acknowledgedBy, snoozedUntil }) => {
        return { id, number, kind, acknowledgedBy, snoozedUntil };
      });
      return { workspace, offers, incidents, digests: await stores.digests.schedules(workspace) };
    }),
  );
}

/** A word with what stands about it. */
function around(text: string, word: string): string {
  const at = text.indexOf(word);
  return text.slice(Math.max(0, at - 200), at + 200);
}

/** Every id of a button or form that was ever shown in Slack to the first team. */
function slackIds({ server }: Surfaces['slack']): string[] {
  const { messages, whispers, homes } = server.state;
  const blocks = [...messages, ...whispers].flatMap((one) => one.blocks);
  const shown = [...blocks, ...[...homes.values()].flatMap((view) => view.blocks as Json[])];
  return shown.flatMap((block) =>
    block.type === 'actions' ? (block.elements as Json[]).map((element) => String(element.action_id)) : [],
  );
}

test('two Slack workspaces and two Discord servers in one process see nothing of each other, whatever is guessed', () =>
  withSurfaces({ slack: 'http', discord: 'gateway', teams: twoTeams }, async (surfaces) => {
    const { bot, discord } = surfaces;
    const { server, deliver, slack } = surfaces.slack;
    const casino = driveSlack(surfaces.slack, ours);
    await settleIn(surfaces, casino);
    const before = await stateOf(surfaces);
    expect(before.map(({ offers, incidents }) => [offers.length, incidents.length])).toEqual([
      [1, 1],
      [1, 1],
    ]);
    const { world } = discord.server;
    const eve = people.addPerson(world, 'Evelyn');
    const rival = people.addGuild(world, eve);
    const there: Place = { person: eve, channel: people.addChannel(world, rival, 'lobby') };
    const rivalSlack = driveSlack(surfaces.slack, theirs);
    const buttons = slackIds(surfaces.slack);
    const controls = world.messages.flatMap(({ components }) =>
      nested(components).flatMap(({ custom_id: id }) => (id ? [id] : [])),
    );
    const form = server.state.modals.find(({ teamId }) => teamId === ours.team)?.view ?? expect.fail();
    expect(buttons.length).toBeGreaterThan(3);
    expect(controls.length).toBeGreaterThan(3);
    const startedAt = server.state.calls.length;

    // Every command with every guess.
    for (const line of guessedLines()) {
      await rivalSlack.type(line);
      await discord.type(line, there);
    }
    // Buttons and forms that were shown to others, and completion.
    const inSlack = (payload: Json) => deliver({ type: 'interactive', payload });
    const eveInSlack = { team: { id: theirs.team }, user: { id: theirs.ids.ann, team_id: theirs.team } };
    for (const id of buttons) {
      await inSlack({
        ...eveInSlack,
        type: 'block_actions',
        channel: { id: theirs.channel, name: 'lobby' },
        trigger_id: server.trigger(theirs.team, theirs.ids.ann),
        response_url: server.responseUrl(theirs.ids.ann, theirs.channel),
        actions: [{ type: 'button', action_id: id, value: id, block_id: 'b' }],
      });
    }
    const filled = { url: { url: { value: bot.programme.urls.affilkaReportUrl() } } };
    await inSlack({ ...eveInSlack, type: 'view_submission', view: { ...form, state: { values: filled } } });
    const suggested = await Promise.all(
      ['', 'g', 'golden'].map((value) =>
        inSlack({ ...eveInSlack, type: 'block_suggestion', action_id: 'offer', value, view: form }),
      ),
    );
    await deliver({
      type: 'events_api',
      payload: {
        type: 'event_callback',
        team_id: theirs.team,
        event_id: 'Ev1',
        event: { type: 'app_home_opened', tab: 'home', user: theirs.ids.ann },
      },
    });
    await slack.settled();
    const completed = [];
    for (const typed of ['', 's', 'silver']) {
      completed.push(await discord.complete('offer show', 'offer', typed, there));
      completed.push(await discord.complete('alert ack', 'incident', typed, there));
    }
    const shown = { id: world.nextId(), channel_id: there.channel.id, author: { id: eve.id, username: 'e' } };
    for (const custom_id of controls) {
      const pressed = { custom_id, component_type: 2 };
      await discord.act(people.createInteraction(world, 'component', there, pressed, { message: shown }));
      const submitted = { custom_id: custom_id.replace(/^b/, 'f'), components: [] };
      await discord.act(people.createInteraction(world, 'modal', there, submitted));
    }
    // Channels of others as targets, and what falls due meanwhile.
    await rivalSlack.type(`/digest schedule at:13:00 tz:UTC channel:<#${ours.channel}|casino>`);
    await surfaces.passHours(6);

    expect(await stateOf(surfaces)).toEqual(before);
    const theirCalls = server.state.calls.slice(startedAt).filter(({ teamId }) => teamId === theirs.team);
    const theirWhispers = server.state.whispers.filter(({ user }) => user.startsWith('U7'));
    const theirMessages = world.messages.filter(
      ({ onlyFor, channel }) => onlyFor === eve.id || channel === there.channel.id,
    );
    const bodies = {
      calls: theirCalls.map(({ args }) => args),
      whispers: theirWhispers,
      home: server.state.homes.get(theirs.ids.ann),
      suggested: suggested.map((ack) => ack?.payload),
      messages: theirMessages.map((message) => [message.components, message.files]),
      modals: [...world.interactions.values()]
        .filter(({ user }) => user === eve.id)
        .map(({ modal }) => modal),
      choices: completed.map(({ choices }) => choices),
    };
    // The sample of /alert test is about a Lucky Star of its own.
    const brands = bot.programme.books
      .brands()
      .map(({ name }) => name)
      .filter((name) => name !== 'Lucky Star');
    const forbidden = [
      ...['Golden Eagle', 'Silver Fox', 'Annabel', 'Bobby', 'U0ANN', 'U0BOB', 'T0CASINO', discord.guild.id],
      ...[discord.ann.id, discord.bob.id, discord.casino.id],
      ...brands,
    ];
    const said = JSON.stringify(bodies);
    const seen = forbidden.filter((word) => said.includes(word));
    expect(seen.map((word) => around(said, word))).toEqual([]);
    expect(said).not.toMatch(/\d,\d{3}\.\d{2}/);
    expect(theirWhispers.length + theirMessages.length).toBeGreaterThan(100);
    expect(suggested.map((ack) => ack?.payload)).toEqual(suggested.map(() => ({ options: [] })));
    expect(completed.flatMap(({ choices }) => choices)).toEqual([]);
    const home = (bodies.home?.blocks ?? []) as Json[];
    expect(home.map(readBlock).join('\n')).not.toBe('');
    expect(theirMessages.map(readText).join('\n')).toMatch(/offer\.not-found/);

    // The same report in two workspaces: it is new to the second.
    const url = bot.programme.urls.affilkaReportUrl({ token: bot.programme.issueToken() });
    await casino.type(`/offer add ${url} name:"Crimson Hawk" anyway:yes`);
    await rivalSlack.type(`/offer add ${url} anyway:yes`);
    await discord.type(`/offer add url:${url} anyway:yes`, there);
    const again = [...rivalSlack.privately(), ...discord.privately(eve).map(readText)].join('\n');
    expect(again).not.toMatch(/link\.already-added|Crimson/);
  }));
