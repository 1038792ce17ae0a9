import { describe, expect, test } from 'vitest';
import type { Card, DrawnCard } from '../../src/card.js';
import { plannedDispatch } from '../contracts/planned-dispatch.js';
import * as people from './server/people.js';
import { deliver } from './server/people.js';
import { readText } from './server/read-message.js';
import { nested } from './server/rules.js';
import { soon, withDiscord } from './with-discord.js';

const token = 'test-token-12345678';
const url = `https://site.test/report?token=${token}`;

function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

function plain(title: string, extra: Partial<DrawnCard> = {}): DrawnCard {
  return { title, tone: 'plain', blocks: [], ...extra };
}

describe('the first answer', () => {
  test('is there within 3 s for 50 commands at once, while their work takes long', async () => {
    const dispatch = plannedDispatch();
    const work = gate();
    dispatch.answers.set('report', { held: work.opened });
    const { server, running, ann, casino } = await withDiscord({ dispatch });
    const data = { id: '1', type: 1, name: 'report', options: [] };
    const many = Array.from({ length: 50 }, () =>
      people.createInteraction(server.world, 'command', { person: ann, channel: casino }, data),
    );

    for (const interaction of many) deliver(server, interaction);
    await soon(Promise.all(many.map(({ whenAnswered }) => whenAnswered)), 'not all were acknowledged');
    const slowest = Math.max(...many.map(({ answeredAfter }) => answeredAfter));
    work.open();
    await running.settle();

    expect(many.every(({ answered, isPrivate }) => answered === 5 && isPrivate)).toBe(true);
    expect(slowest).toBeLessThan(3000);
    expect(server.world.messages.filter(({ isLoading }) => isLoading)).toEqual([]);
    expect(server.world.complaints).toEqual([]);
  });

  test('comes in time, and private, when even preparing takes long', async () => {
    const dispatch = plannedDispatch();
    const held = gate();
    const slow = {
      ...dispatch,
      prepare: async (...given: Parameters<typeof dispatch.prepare>) => {
        await held.opened;
        return dispatch.prepare(...given);
      },
    };
    dispatch.answers.set('digest list', { private: false });
    const discord = await withDiscord({ dispatch: slow, patienceMs: 20 });
    const interaction = people.createInteraction(
      discord.server.world,
      'command',
      { person: discord.ann, channel: discord.casino },
      { id: '1', type: 1, name: 'digest', options: [{ type: 1, name: 'list', options: [] }] },
    );

    deliver(discord.server, interaction);
    await soon(interaction.whenAnswered, 'not acknowledged');
    held.open();
    await discord.running.settle();

    expect(interaction.isPrivate).toBe(true);
    expect(discord.privately().map(readText).join()).toContain('Answer of digest list');
    expect(discord.publicly()).toEqual([]);
  });

  test('is a form for a command that lacks something, and a form is never a later answer', async () => {
    const dispatch = plannedDispatch();
    const discord = await withDiscord({ dispatch });

    const opened = await discord.type('/offer add');
    const submitted = await discord.submit(opened, { url: '' });

    expect(opened.answered).toBe(9);
    expect(submitted.answered).toBe(5);
    expect(discord.privately().map(readText).join()).toMatch(/command\./);
    expect(discord.server.world.complaints).toEqual([]);
  });

  test('that Discord no longer takes stops the command before it does anything', async () => {
    const dispatch = plannedDispatch();
    const discord = await withDiscord({ dispatch });
    const { world } = discord.server;
    world.faults.push({
      method: 'POST',
      path: /callback$/,
      when: 'before',
      answer: 404,
      code: 10_062,
      times: 1,
    });
    const data = { id: '1', type: 1, name: 'report', options: [] };
    const late = people.createInteraction(
      world,
      'command',
      { person: discord.ann, channel: discord.casino },
      data,
    );

    deliver(discord.server, late);
    await expect
      .poll(() => discord.logged.map(({ message }) => message))
      .toContain('Discord did not take a first answer');
    await discord.running.settle();

    expect(dispatch.calls).toEqual([]);
  });

  test('whose own answer was lost is not given up', async () => {
    const dispatch = plannedDispatch();
    const discord = await withDiscord({ dispatch });
    discord.server.world.faults.push({
      method: 'POST',
      path: /callback$/,
      when: 'after',
      answer: 'drop',
      times: 1,
    });

    await discord.type('/report');

    expect(dispatch.calls).toHaveLength(1);
    expect(discord.privately().map(readText).join()).toContain('Answer of report');
  });
});

describe('the answer', () => {
  test('to a typed token is private even where the command answers everyone', async () => {
    const dispatch = plannedDispatch();
    dispatch.answers.set('offer check', { private: false });
    const discord = await withDiscord({ dispatch });

    await discord.type(`/offer check ${url}`);

    expect(dispatch.calls[0]?.options).toEqual({ url });
    expect(discord.publicly()).toEqual([]);
    const bodies = discord.server.world.requests.filter(({ path }) => path.startsWith('/channels'));
    expect(JSON.stringify(bodies)).not.toContain(token);
    expect(JSON.stringify(discord.logged)).not.toContain(token);
  });

  test('shows progress in its own place, the newest state last', async () => {
    const dispatch = plannedDispatch();
    const work = gate();
    const cards = [1, 2, 3].map((step): Card => ({ title: `Chunk ${step} of 3`, tone: 'plain', blocks: [] }));
    dispatch.answers.set('report', { held: work.opened, progress: cards, card: plain('All read') });
    const discord = await withDiscord({ dispatch });
    const running = discord.type('/report');
    await expect.poll(() => discord.privately().map(readText).join()).toContain('Chunk 3 of 3');

    work.open();
    await running;

    expect(discord.privately()).toHaveLength(1);
    expect(discord.privately().map(readText).join()).toContain('All read');
    expect(discord.privately().map(readText).join()).not.toContain('Chunk');
  });

  test('puts details into a second message of the same privacy', async () => {
    const dispatch = plannedDispatch();
    const details = [{ type: 'text' as const, text: 'Restated: −2 FTD' }];
    dispatch.answers.set('report', { card: plain('Digest', { details }) });
    const discord = await withDiscord({ dispatch });

    await discord.type('/report');

    expect(discord.privately().map(readText)).toEqual([
      expect.stringContaining('Digest'),
      expect.stringContaining('−2 FTD'),
    ]);
    expect(discord.publicly()).toEqual([]);
  });

  test('survives lost answers of its edit without being there twice', async () => {
    const dispatch = plannedDispatch();
    const discord = await withDiscord({ dispatch });
    discord.server.world.faults.push({
      method: 'PATCH',
      path: /@original$/,
      when: 'after',
      answer: 'drop',
      times: 1,
    });

    await discord.type('/report');

    expect(discord.privately()).toHaveLength(1);
    expect(discord.privately().map(readText).join()).toContain('Answer of report');
  });

  test('becomes a plain shorter one when Discord refuses its drawing', async () => {
    const dispatch = plannedDispatch();
    dispatch.answers.set('report', {
      card: plain('Figures', { blocks: [{ type: 'text', text: '18 FTD' }] }),
    });
    const discord = await withDiscord({ dispatch });
    discord.server.world.faults.push({
      method: 'PATCH',
      path: /@original$/,
      when: 'before',
      answer: 400,
      code: 50_035,
      times: 1,
    });

    await discord.type('/report');

    const [message] = discord.privately();
    expect(message && readText(message)).toMatch(/Figures[\s\S]*18 FTD[\s\S]*short form/);
  });

  test('goes to a direct message after the 15 minutes', async () => {
    const dispatch = plannedDispatch();
    const work = gate();
    const actions = [{ id: 'button-1', label: 'Go on' }];
    dispatch.answers.set('report', {
      held: work.opened,
      card: plain('NGR 12,430.55', { blocks: [{ type: 'actions', actions }] }),
    });
    const discord = await withDiscord({ dispatch });
    const running = discord.type('/report');
    await expect.poll(() => dispatch.calls.length).toBe(1);

    discord.server.world.advance(16 * 60_000);
    work.open();
    await running;

    const direct = discord.privately().find(({ onlyFor }) => onlyFor === null);
    expect(direct && readText(direct)).toContain('NGR 12,430.55');
    const button = nested(direct?.components ?? []).find(({ type }) => type === 2);
    expect(button?.custom_id).toBe(`b:${discord.guild.id}:button-1`);
    expect(discord.publicly()).toEqual([]);
  });

  test('is named in the channel without a figure when direct messages are off after the 15 minutes', async () => {
    const dispatch = plannedDispatch();
    const work = gate();
    dispatch.answers.set('report', { held: work.opened, card: plain('NGR 12,430.55') });
    const discord = await withDiscord({ dispatch });
    discord.ann.takesDirect = false;
    const running = discord.type('/report');
    await expect.poll(() => dispatch.calls.length).toBe(1);

    discord.server.world.advance(16 * 60_000);
    work.open();
    await running;

    const said = discord.publicly().map(readText).join();
    expect(said).toContain('Ann, the answer to your command is ready');
    expect(said).not.toContain('12,430.55');
  });

  test('offers at most 25 completions of what is known, and none to strangers', async () => {
    const dispatch = plannedDispatch();
    dispatch.choices.push(
      ...Array.from({ length: 40 }, (_, index) => ({
        label: `Lucky ${index} ${'x'.repeat(120)}`,
        value: `${index}`,
      })),
    );
    const discord = await withDiscord({ dispatch });

    const typed = await discord.complete('offer show', 'offer', 'lucky');

    expect(typed.choices).toHaveLength(25);
    expect(typed.choices?.[0]?.name.length).toBeLessThanOrEqual(100);
  });
});
