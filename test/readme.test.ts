import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { invitation, permissionReasons } from '../adapters/discord/permissions.js';
import { botScopes, scopeReasons } from '../adapters/slack/scopes.js';
import { renderCard } from '../adapters/terminal/render.js';
import { commands } from '../commands/index.js';
import type { DrawnCard } from '../src/card.js';
import { readConfig } from '../src/config.js';
import { usageOf } from '../src/help.js';
import { settings } from '../src/settings.js';
import { affilkaColumns } from './sandbox/affilka-columns.js';
import { type Bot, withBot } from './support/with-bot.js';

// `npm run readme` writes what this test would accept.
const file = join(resolve(import.meta.dirname, '..'), 'README.md');
const update = process.env.UPDATE_README === '1';

/** Puts `text` between the markers `<!-- name -->` and `<!-- /name -->`, or looks whether it is there. */
function inReadme(name: string, text: string): void {
  const readme = readFileSync(file, 'utf8');
  const start = `<!-- ${name} -->\n`;
  const end = `<!-- /${name} -->`;
  const from = readme.indexOf(start) + start.length;
  const to = readme.indexOf(end);
  expect(to, `README has no place for ${name}`).toBeGreaterThanOrEqual(from);
  if (update) writeFileSync(file, readme.slice(0, from) + text + readme.slice(to));
  else expect(readme.slice(from, to)).toBe(text);
}

function drawn(bot: Bot, card: DrawnCard, heading?: string): string {
  const shown = JSON.parse(
    JSON.stringify(card).replaceAll(bot.programme.host, 'primetime.partners'),
  ) as DrawnCard;
  const options = { width: 80, colour: false, firstNumber: 1, ...(heading ? { heading } : {}) };
  return renderCard(shown, options).join('\n');
}

function fenced(text: string): string {
  return `\`\`\`\n${text}\n\`\`\`\n`;
}

test('shows a first session as it really prints', async () => {
  await withBot(
    async (bot) => {
      const { urls, tokens, expireToken } = bot.programme;
      const faulty = urls.affilkaReportUrl({
        brands: ['12'],
        groups: ['day', 'campaign'],
        columns: affilkaColumns.filter((column) => column !== 'ngr').slice(0, 40),
        period: 'month',
        page: 3,
      });
      const refused = await bot.type(`/offer add ${faulty} name:"Lucky Star" channel:#casino`);
      const typed = 'tallyman> /offer add https://…/report.json?… name:"Lucky Star" channel:#casino';
      inReadme('refused', fenced(`${typed}\n${drawn(bot, refused.card)}`));

      const added = await bot.press(refused.card, /^Fix/);
      await bot.settle();
      const [progress] = bot.said;
      if (!progress) throw new Error('no progress was said');
      inReadme(
        'added',
        fenced(`tallyman> 1\n${drawn(bot, added.card)}\n\n${drawn(bot, progress.card, '[#casino]')}`),
      );

      await bot.passHours(24);
      const digest = await bot.type('/digest now');
      const { details: _details, ...compact } = digest.card;
      inReadme('digest', fenced(drawn(bot, compact)));

      expireToken(tokens.affilka);
      await bot.passHours(2);
      const alert = bot.said.find((said) => said.kind === 'user');
      if (!alert) throw new Error('nobody was told');
      inReadme('alert', fenced(drawn(bot, alert.card, '[DM @Ann]')));
    },
    { start: '2026-11-19T09:12:00.000Z' },
  );
});

test('lists every command with its usage', () => {
  const rows = commands.map((command) => `| \`${usageOf(command)}\` | ${command.summary} |`);
  inReadme('commands', `| command | does |\n| --- | --- |\n${rows.join('\n').replaceAll('…', '')}\n`);
});

test('lists every environment variable that is read', () => {
  const asked = new Set<string>();
  const environment = new Proxy<Record<string, string>>(
    { HOME: '/home/ann' },
    {
      get(target, name) {
        asked.add(String(name));
        return target[String(name)];
      },
    },
  );
  readConfig(environment);

  const ofTheSystem = ['HOME', 'USERPROFILE', 'XDG_CONFIG_HOME', 'APPDATA'];
  const own = [...asked].filter((name) => !ofTheSystem.includes(name));
  expect(settings.map(({ name }) => name).toSorted()).toEqual(own.toSorted());
  const rows = settings.map(
    ({ name, fallback = '–', purpose }) => `| \`${name}\` | ${fallback} | ${purpose} |`,
  );
  inReadme('variables', `| variable | default | |\n| --- | --- | --- |\n${rows.join('\n')}\n`);
});

test('says why it asks for each scope of Slack and each permission of Discord', () => {
  const scopes = botScopes.map((scope) => `| \`${scope}\` | ${scopeReasons[scope]} |`);
  inReadme('scopes', `| scope | to |\n| --- | --- |\n${scopes.join('\n')}\n`);
  const permissions = Object.entries(permissionReasons).map(
    ([name, [, reason]]) => `| ${name} | ${reason} |`,
  );
  inReadme('permissions', `| permission | to |\n| --- | --- |\n${permissions.join('\n')}\n`);
  inReadme('invitation', `   \`${invitation('APPLICATION_ID')}\`\n   `);
});
