import { describe, expect, test } from 'vitest';
import { commandDefinitions } from '../../adapters/discord/command-definitions.js';
import { commands } from '../../commands/index.js';
import { plannedDispatch } from '../contracts/planned-dispatch.js';
import { commandFaults, type Definition } from './server/rules.js';
import { withDiscord } from './with-discord.js';

const definitions = commandDefinitions(commands) as unknown as readonly Definition[];

function optionsOf(name: string): readonly Definition[] {
  const [group, verb] = name.split(' ');
  const found = definitions.find((one) => one.name === group);
  return (verb ? found?.options?.find((one) => one.name === verb)?.options : found?.options) ?? [];
}

describe('registration', () => {
  test('happens when the definition has changed, and not on every start', async () => {
    const dispatch = plannedDispatch();
    const discord = await withDiscord({ dispatch });
    await discord.restart();
    const unchanged = discord.server.world.registrations;
    discord.state.set([...discord.state.keys()][0] ?? '', 'the hash of an older definition');

    await discord.restart();

    expect([unchanged, discord.server.world.registrations]).toEqual([1, 2]);
    expect(discord.server.world.complaints).toEqual([]);
  });

  test('is tried again when Discord did not take it', async () => {
    const discord = await withDiscord({
      dispatch: plannedDispatch(),
      firstWaitMs: 20,
      before: ({ world }) => {
        world.faults.push({ method: 'PUT', path: /commands$/, when: 'before', answer: 503, times: 1 });
      },
    });

    await expect.poll(() => discord.server.world.registrations, { timeout: 5000 }).toBe(1);
    await expect.poll(() => [...discord.state.values()], { timeout: 5000 }).toHaveLength(1);
  });
});

describe('the commands as Discord is told', () => {
  test('keep its rules', () => {
    expect(commandFaults(definitions)).toEqual([]);
  });

  test('are all there, and each group has its help', () => {
    const told = definitions.flatMap(({ name, options = [] }) =>
      options.some(({ type }) => type === 1) ? options.map((option) => `${name} ${option.name}`) : [name],
    );
    const groups = [
      ...new Set(commands.filter(({ name }) => name.includes(' ')).map(({ name }) => name.split(' ')[0])),
    ];

    expect(told.sort()).toEqual(
      ['help', ...commands.map(({ name }) => name), ...groups.map((group) => `${group} help`)].sort(),
    );
  });

  test('work in servers that have installed Tallyman, and nowhere else', () => {
    for (const definition of definitions) {
      expect(definition).toMatchObject({ contexts: [0], integration_types: [0] });
    }
  });

  test('complete offers, incidents, time zones and currencies, and take channels and switches as such', () => {
    const types = (name: string) =>
      Object.fromEntries(optionsOf(name).map((one) => [one.name, one.autocomplete ? 'completed' : one.type]));

    expect(types('offer add')).toMatchObject({ url: 3, channel: 7, currency: 'completed', fix: 5 });
    expect(types('offer show')).toMatchObject({ offer: 'completed' });
    expect(types('alert snooze')).toMatchObject({ incident: 'completed' });
    expect(types('digest schedule')).toMatchObject({ tz: 'completed', channel: 7 });
  });
});
