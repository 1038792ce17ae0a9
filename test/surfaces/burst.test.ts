import { expect, test } from 'vitest';
import type { Route } from '../../src/chat-surface.js';
import type { Dispatch } from '../../src/dispatch.js';
import { plannedDispatch } from '../contracts/planned-dispatch.js';
import { takeCallback } from '../discord/server/interaction-routes.js';
import * as people from '../discord/server/people.js';
import { withDiscord } from '../discord/with-discord.js';
import { startDriver } from '../slack/slack-driver.js';
import { httpBody, signedRequest } from '../slack/with-slack.js';
import { withWebServer } from '../web/with-web-server.js';
import { bytesOf, newConnection, openConnection, sendAtOnce } from './type-at-once.js';

const atOnce = 50;
const allAcknowledged = Array.from({ length: atOnce }, () => 'acknowledged');

/** The dispatch, which notes when it is asked to work. */
function noting(dispatch: Dispatch, events: string[]): Dispatch {
  const note = () => void events.push('begun');
  return {
    ...dispatch,
    prepare(...given) {
      note();
      return dispatch.prepare(...given);
    },
    prepareLine(...given) {
      note();
      return dispatch.prepareLine(...given);
    },
  };
}

/** Where requests come over: connections that stand, or ones that are made for them. */
const ways = ['standing', 'new'] as const;
type Way = (typeof ways)[number];

/** A web server with one route, which notes when a request is answered, and connections to it. */
async function serve(way: Way, path: Route['path'], handle: Route['handle'], events: string[]) {
  const noted: Route['handle'] = async (request) => {
    const response = await handle(request);
    events.push('acknowledged');
    return response;
  };
  const { port } = await withWebServer({ routes: [{ method: 'POST', path, handle: noted }] });
  const open = way === 'standing' ? openConnection : newConnection;
  return () => Promise.all(Array.from({ length: atOnce }, () => open(port)));
}

/** What happened before the second command was begun. */
function beforeSecond(events: readonly string[]): readonly string[] {
  const first = events.indexOf('begun');
  return events.slice(0, events.indexOf('begun', first + 1)).filter((event) => event !== 'begun');
}

test.each(ways)(
  'Slack: fifty commands that arrive together over %s connections are acknowledged before the second is worked on',
  async (way) => {
    const events: string[] = [];
    const planned = plannedDispatch();
    const driver = await startDriver(noting(planned, events), { mode: 'http' });
    // Slack is asked who Ann is; from then on it is known, and nothing delays the work.
    await driver.type('/offer list');
    const connections = await serve(way, '/slack/events', driver.slack.handle, events);
    const requests = await Promise.all(
      Array.from({ length: atOnce }, (_, index) => {
        const payload = driver.command(`/offer show ${index}`);
        return bytesOf(
          signedRequest(...httpBody({ type: 'slash_commands', payload }), driver.server.state.now()),
        );
      }),
    );
    const sockets = await connections();
    events.length = 0;

    const answers = await sendAtOnce(sockets, requests);
    await driver.slack.settled();

    expect(answers.filter((answer) => !answer.startsWith('HTTP/1.1 200'))).toEqual([]);
    expect(beforeSecond(events)).toEqual(allAcknowledged);
    const asked = planned.calls.slice(1).map(({ options }) => options.offer);
    expect(asked).toEqual(Array.from({ length: atOnce }, (_, index) => String(index)));
  },
);

test.each(ways)(
  'Discord: fifty commands that arrive together over %s connections are acknowledged before the second is worked on',
  async (way) => {
    const events: string[] = [];
    const planned = plannedDispatch();
    let open = () => {};
    const held = new Promise<void>((resolve) => {
      open = resolve;
    });
    planned.answers.set('offer show', { held });
    const signer = people.createSigner();
    const discord = await withDiscord({ dispatch: noting(planned, events), mode: 'http', signer });
    const { world } = discord.server;
    const connections = await serve(way, '/discord/interactions', discord.running.handler, events);
    const interactions = Array.from({ length: atOnce }, (_, index) => {
      const options = [
        { type: 1, name: 'show', options: [{ type: 3, name: 'offer', value: String(index) }] },
      ];
      const place = { person: discord.ann, channel: discord.casino };
      return people.createInteraction(world, 'command', place, { id: '1', type: 1, name: 'offer', options });
    });
    const requests = await Promise.all(
      interactions.map(({ payload }) => bytesOf(signer.request(payload, world.now()))),
    );
    const sockets = await connections();

    const answers = await sendAtOnce(sockets, requests);
    for (const [index, interaction] of interactions.entries()) {
      const [, body = ''] = (answers[index] ?? '').split('\r\n\r\n');
      takeCallback(world, interaction, { json: JSON.parse(body), files: [], faults: [] });
    }
    open();
    await discord.running.settle();

    expect(beforeSecond(events)).toEqual(allAcknowledged);
    expect(interactions.map(({ answered }) => answered)).toEqual(interactions.map(() => 5));
    const asked = planned.calls.map(({ options }) => options.offer);
    expect(asked).toEqual(Array.from({ length: atOnce }, (_, index) => String(index)));
  },
);
