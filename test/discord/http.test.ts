import { pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { startDiscord } from '../../adapters/discord/start-discord.js';
import { plannedDispatch } from '../contracts/planned-dispatch.js';
import { openLedger } from '../specs/open-ledger.js';
import { createSigner, type Signer } from './server/people.js';
import { recordBody } from './server/record-body.js';
import { applicationId, createWorld } from './server/world.js';

const minute = 60_000;
const start = Date.parse('2026-11-20T09:00:00.000Z');

async function open() {
  const dispatch = plannedDispatch();
  const signer = createSigner();
  const clock = { at: start + 10 * minute };
  const warned: [fields: object, message: string][] = [];
  const opened = clock.at;
  clock.at = start;
  const running = await startDiscord({
    config: { mode: 'http', publicKey: signer.publicKey, applicationId, token: null },
    // Nobody listens there: what is answered here is the response itself.
    apiUrl: 'http://127.0.0.1:9/api',
    dispatch,
    surfaceState: { get: async () => null, set: async () => {} },
    charts: { png: async () => new Uint8Array() },
    log: {
      debug() {},
      info() {},
      warn: (fields, message) => void warned.push([fields, message]),
      error() {},
    },
    clock: { now: () => new Date(clock.at).toISOString() },
  });
  clock.at = opened;
  const ledger = await openLedger('discord');
  /** The response to a request, which is a body of its own. */
  const answerTo = async (request: Request): Promise<unknown> => {
    const response = await running.handler(request);
    expect(response.status).toBe(200);
    const json: unknown = await response.json();
    const call = { method: 'POST', path: '/interactions/112233445566778800/token/callback' };
    recordBody(ledger, createWorld(), call, { json, files: [], faults: [] });
    return json;
  };
  return { dispatch, signer, clock, running, warned, answerTo };
}

function ping(id = '1') {
  return { id, type: 1, token: 'test-token', application_id: applicationId, version: 1 };
}

function form(id: string) {
  const user = { id: '223344556677889900', username: 'ann', global_name: 'Ann' };
  return {
    ...ping(id),
    type: 2,
    guild_id: '334455667788990011',
    channel: { id: '445566778899001122', name: 'casino', type: 0 },
    member: { user, permissions: '0', pending: false },
    data: { id: '1', type: 1, name: 'offer', options: [{ type: 1, name: 'add', options: [] }] },
  };
}

async function statusOf(request: Request, handler: (request: Request) => Promise<Response>): Promise<number> {
  return (await handler(request)).status;
}

describe('a signed request', () => {
  test('that is a ping is answered with a pong', async () => {
    const { signer, clock, answerTo } = await open();

    expect(await answerTo(signer.request(ping(), clock.at))).toEqual({ type: 1 });
  });

  test('gets a form as the response itself', async () => {
    const { signer, clock, answerTo } = await open();

    expect(await answerTo(signer.request(form('555566667777888899'), clock.at))).toMatchObject({
      type: 9,
      data: { components: [{ type: 18 }, {}, {}, {}] },
    });
  });

  test('has no second effect when it is replayed', async () => {
    const { signer, clock, running } = await open();
    const original = signer.request(form('555566667777888899'), clock.at);
    const replayed = original.clone() as Request;

    const statuses = [await statusOf(original, running.handler), await statusOf(replayed, running.handler)];

    expect(statuses).toEqual([200, 409]);
  });

  test.each([
    [
      'is more than five minutes old',
      (signer: Signer, at: number) => signer.request(ping(), at - 6 * minute),
    ],
    [
      'is more than five minutes ahead',
      (signer: Signer, at: number) => signer.request(ping(), at + 6 * minute),
    ],
    ['was signed by somebody else', (_: Signer, at: number) => createSigner().request(ping(), at)],
    [
      'is for another application',
      (signer: Signer, at: number) => signer.request({ ...ping(), application_id: '999' }, at),
    ],
    [
      'has no signature',
      () => new Request('http://tallyman.test/', { method: 'POST', body: JSON.stringify(ping()) }),
    ],
    [
      'was changed on its way',
      (signer: Signer, at: number) => {
        const { headers } = signer.request(ping(), at);
        return new Request('http://tallyman.test/', {
          method: 'POST',
          headers,
          body: JSON.stringify(ping('2')),
        });
      },
    ],
  ])('that %s is refused', async (_, make) => {
    const { signer, clock, running } = await open();

    expect(await statusOf(make(signer, clock.at), running.handler)).toBe(401);
  });

  test('from before this start is refused: an earlier process may have acted on it', async () => {
    const { signer, clock, running } = await open();
    clock.at = start + minute;

    expect(await statusOf(signer.request(ping(), start - 30_000), running.handler)).toBe(401);
  });

  test('is answered while charts and pages keep all other threads busy', async () => {
    const { signer, clock, running } = await open();
    let done = 0;
    const busy = Array.from({ length: 16 }, async () => {
      await promisify(pbkdf2)('test', 'salt', 100_000, 64, 'sha512');
      done += 1;
    });

    const status = await statusOf(signer.request(ping(), clock.at), running.handler);

    expect(status).toBe(200);
    // All but the last four must be over before these threads take anything new.
    expect(done).toBeLessThan(12);
    await Promise.all(busy);
  });

  test('can be answered without a bot token, and the start says what cannot be done and how to mend it', async () => {
    const { running, warned } = await open();

    expect(warned).toEqual([
      [
        expect.objectContaining({
          problem: 'discord.token-missing',
          fix: expect.arrayContaining(['Put it into DISCORD_TOKEN and start Tallyman again.']),
        }),
        'DISCORD_TOKEN is not set: Tallyman can answer in Discord, but not post there.',
      ],
    ]);
    const target = { kind: 'channel', id: '445566778899001122', name: '#casino' } as const;
    const card = { title: 'Royal', tone: 'plain', blocks: [] } as const;
    const message = { workspace: 'discord:334455667788990011', target, key: 'out-1', card, files: [] };
    await expect(running.messenger.send(message)).rejects.toMatchObject({
      outcome: 'permanent',
      reason: 'token_refused',
    });
  });

  test('that is no interaction is refused', async () => {
    const { signer, clock, running } = await open();

    expect(await statusOf(signer.request('hello', clock.at), running.handler)).toBe(400);
    expect(await statusOf(new Request('http://tallyman.test/'), running.handler)).toBe(405);
  });
});
