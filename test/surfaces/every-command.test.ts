import { expect, test } from 'vitest';
import { commands } from '../../commands/index.js';
import type { Reply } from '../../src/dispatch.js';
import { readText } from '../discord/server/read-message.js';
import { driveSlack } from '../slack/slack-driver.js';
import { startTerminalDriver } from '../terminal/terminal-driver.js';
import { withSurfaces } from './with-surfaces.js';

/** What answers share that were given on several surfaces: not their ids, times and numbers. */
function shapeOf({ card, files, ok, private: isPrivate }: Reply) {
  const labels = card.blocks.flatMap((block) => (block.type === 'actions' ? block.actions : []));
  return {
    title: card.title,
    tone: card.tone,
    blocks: card.blocks.map(({ type }) => type),
    problems: card.problems,
    buttons: labels.map(({ label }) => label),
    files: files.map(({ name }) => name),
    ok,
    isPrivate,
  };
}

/** Every command once, in an order in which it has something to say. */
function lines(url: string, faulty: string): string[] {
  return [
    `/offer check ${faulty}`,
    `/offer check ${url}`,
    `/offer add ${url} name:"Lucky Star" anyway:yes`,
    '/offer list',
    '/offer show "Lucky Star"',
    '/offer edit 1 name:"Bella"',
    '/offer pause Bella',
    '/offer resume Bella',
    `/offer renew Bella ${url}`,
    '/offer sync Bella',
    '/offer export',
    '/offer import https://nowhere.test/a',
    '/digest now',
    '/digest schedule at:09:00 tz:Europe/Malta',
    '/digest list',
    '/digest stop',
    '/report range:7d',
    '/report range:30d as:csv',
    '/report range:30d as:chart',
    '/alert list',
    '/alert ack 1',
    '/alert snooze 1 for:4h',
    '/alert settings',
    '/alert test',
    '/postback check https://track.test/postback?clickid={clickid}',
    '/offer remove Bella',
    '/offer help',
  ];
}

/** Words that any surface shows of a title, whatever its letters, marks and breaks. */
function words(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** What was not there before; the same words a second time count as new. */
function added(before: readonly string[], after: readonly string[]): string[] {
  const known = [...before];
  return after.filter((text) => {
    const at = known.indexOf(text);
    if (at >= 0) known.splice(at, 1);
    return at < 0;
  });
}

test('every command gives the same answer in the terminal, in Slack and in Discord, and it can be read there', () =>
  withSurfaces({ slack: 'socket', discord: 'gateway' }, async (surfaces) => {
    const { bot, discord, replies } = surfaces;
    const slack = driveSlack(surfaces.slack);
    const terminal = await startTerminalDriver(surfaces.dispatch);
    const url = bot.programme.urls.affilkaReportUrl();
    const script = lines(url, bot.programme.urls.affilkaReportUrl({ page: 3, groups: ['day'] }));
    const missing = commands.filter(({ name }) => !script.some((line) => line.startsWith(`/${name}`)));
    expect(missing.map(({ name }) => name)).toEqual([]);
    const surfacesOf = [
      { name: 'terminal', type: terminal.type, read: () => terminal.privately() },
      { name: 'Slack', type: slack.type, read: () => slack.privately() },
      {
        name: 'Discord',
        type: async (line: string) => void (await discord.type(line)),
        read: () => discord.privately().map(readText),
      },
    ];

    for (const line of script) {
      const answers: Reply[] = [];
      for (const { name, type, read } of surfacesOf) {
        const before = replies.length;
        const seen = read();
        await type(line);
        await bot.settle();
        const reply = replies[before] ?? expect.fail(`no answer to ${line} on ${name}`);
        answers.push(reply);
        const shown = words(added(seen, read()).join('\n'));
        expect(shown, `${line} on ${name}`).toContain(words(reply.card.title).slice(0, 60));
        for (const code of reply.card.problems ?? []) expect(shown, line).toContain(words(code));
      }

      const [first, ...others] = answers.map(shapeOf);
      for (const other of others) expect(other, line).toEqual(first);
      expect(first?.problems ?? [], line).not.toContain('own.unexpected');
    }
    expect(slack.refused()).toEqual([]);
    expect(discord.logged.filter(({ level }) => level === 'error')).toEqual([]);
  }));
