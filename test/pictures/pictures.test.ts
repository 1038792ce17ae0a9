import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { createDrawing } from '../../adapters/discord/message.js';
import { renderCard } from '../../adapters/slack/render.js';
import type { ChartData, DrawnCard } from '../../src/card.js';
import { discordPaper, discordPost } from './discord-look.js';
import { type FirstDays, firstDays } from './first-days.js';
import { readStamp } from './indexed-png.js';
import { chartPiece, innerWidth, paperSvg, pngOf, stampOf } from './paper.js';
import type { Piece } from './piece.js';
import { type Charts, slackPaper, slackPost } from './slack-look.js';

// `npm run readme` draws what this test would accept.
const update = process.env.UPDATE_README === '1';
const readme = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8');
const mostBytes = 100_000;

interface Shown {
  readonly card: DrawnCard;
  readonly place: string;
  readonly time: string;
  readonly isEdited?: boolean;
}

const pictures: Readonly<Record<string, (days: FirstDays) => readonly Shown[]>> = {
  added: ({ added }) => [{ card: added, place: 'only you can see this', time: '09:12' }],
  digest: ({ digest }) => [{ card: digest, place: '#casino', time: '09:12' }],
  alert: ({ alert, told, mended }) => [
    { card: alert, place: '#casino', time: '10:13' },
    { card: told, place: 'direct message to Ann', time: '10:13' },
    { card: mended, place: '#casino', time: '10:13', isEdited: true },
  ],
};

let days: FirstDays;

beforeAll(async () => {
  days = await firstDays();
});

test.each(Object.entries(pictures))('shows %s as Slack shows it', async (name, shown) => {
  const posts = await Promise.all(shown(days).map(inSlack));
  inPicture(`${name}-slack`, paperSvg(posts, slackPaper));
});

test.each(Object.entries(pictures))('shows %s as Discord shows it', async (name, shown) => {
  const posts = await Promise.all(shown(days).map(inDiscord));
  inPicture(`${name}-discord`, paperSvg(posts, discordPaper));
});

function chartsOf({ blocks }: DrawnCard): ChartData[] {
  return blocks.flatMap((block) => (block.type === 'chart' ? [block.chart] : []));
}

async function drawnCharts(card: DrawnCard, nameOf: (index: number) => string): Promise<Charts> {
  const drawn = chartsOf(card).map(async (chart, index) => [nameOf(index), await chartPiece(chart)] as const);
  return new Map(await Promise.all(drawn));
}

/** What the adapter sends, details apart as it puts them into the thread. */
async function inSlack({ card, ...post }: Shown): Promise<Piece> {
  const images = new Map(chartsOf(card).map((chart, index) => [chart, `F${index + 1}`]));
  const { blocks } = renderCard(card, { images, details: 'apart' });
  return slackPost({ ...post, blocks }, innerWidth, await drawnCharts(card, (index) => `F${index + 1}`));
}

async function inDiscord({ card, ...post }: Shown): Promise<Piece> {
  const quiet = () => {};
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  const { body } = await createDrawing({ png: async () => new Uint8Array() }, log).draw(card);
  const charts = await drawnCharts(card, (index) => `chart-${index + 1}.png`);
  return discordPost({ ...post, components: body.components ?? [] }, innerWidth, charts);
}

/** Draws the picture anew, or looks whether the one that is there was drawn from the same. */
function inPicture(name: string, svg: string): void {
  const file = join(import.meta.dirname, `${name}.png`);
  if (update) writeFileSync(file, pngOf(svg));
  expect(existsSync(file), `npm run readme draws ${name}.png`).toBe(true);
  const png = readFileSync(file);
  expect(readStamp(png), `${name}.png shows something else now: npm run readme draws it anew`).toBe(
    stampOf(svg),
  );
  expect(png.byteLength).toBeLessThan(mostBytes);
  expect(readme).toContain(`(test/pictures/${name}.png)`);
}
