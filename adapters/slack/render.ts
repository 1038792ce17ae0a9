import type { types } from '@slack/bolt';
import type { Block, Button, ChartData, DrawnCard, Tone } from '../../src/card.js';
import { plainText, richText, section, words } from './elements.js';
import { fitBlocks } from './fit-blocks.js';
import { limits } from './limits.js';
import { type Progress, renderBlock } from './render-block.js';
import { escapeMarkup, safeLine } from './safe-text.js';

/** A message as Slack takes it; `text` is what notifications and screen readers say. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: types.KnownBlock[];
}

export interface RenderOptions {
  /** Uploaded images by the chart they show. */
  readonly images?: ReadonlyMap<ChartData, string>;
  /** Where the card's details stand: beneath the rest, or in a message of their own. */
  readonly details?: 'below' | 'apart';
  /** A view is a Home tab: more room, and no tables of Slack's own. */
  readonly place?: 'message' | 'view';
}

const toneMarks: Readonly<Record<Tone, string>> = { plain: '', good: '✅ ', warning: '⚠️ ', bad: '❌ ' };

/** A card as one message; its details stand beneath unless they are drawn apart. */
export function renderCard(card: DrawnCard, options: RenderOptions = {}): SlackMessage {
  const { details = 'below' } = options;
  const below = details === 'below' && card.details ? card.details : [];
  const blocks = [...renderTitle(card), ...drawAll([...card.blocks, ...below], options)];
  return { text: fallbackText(card), blocks: fitted(blocks, options) };
}

/** The details of a card as a message of their own; `null` when it has none. */
export function renderDetails(card: DrawnCard, options: RenderOptions = {}): SlackMessage | null {
  if (!card.details || card.details.length === 0) return null;
  return { text: fallbackText(card), blocks: fitted(drawAll(card.details, options), options) };
}

/** A card without blocks, for when Slack refuses them: nothing of it is parsed. */
export function renderPlain(card: DrawnCard): string {
  const lines = [...card.blocks, ...(card.details ?? [])].flatMap(linesOf);
  return escapeMarkup(safeLines([titleOf(card), ...lines]));
}

function safeLines(lines: readonly string[]): string {
  const text = lines.map((line) => safeLine(line, limits.listItem)).join('\n');
  return text.length <= limits.fallbackText ? text : `${text.slice(0, limits.fallbackText)}…`;
}

function fallbackText(card: DrawnCard): string {
  return escapeMarkup(safeLine(titleOf(card), limits.header * 2));
}

function titleOf(card: DrawnCard): string {
  return `${toneMarks[card.tone]}${card.title}`;
}

function renderTitle(card: DrawnCard): types.KnownBlock[] {
  const title = titleOf(card);
  if (title.length <= limits.header) return [{ type: 'header', text: plainText(title, limits.header) }];
  return [richText(section(words(title, { bold: true }, limits.longTitle)))];
}

function drawAll(blocks: readonly Block<Button>[], options: RenderOptions): types.KnownBlock[] {
  const progress: Progress = { tables: 0, faults: 0 };
  const drawing = {
    images: options.images ?? new Map(),
    hasOwnTables: options.place !== 'view',
    isNumbered: blocks.filter(({ type }) => type === 'steps').length > 1,
  };
  return blocks.flatMap((block) => renderBlock(block, drawing, progress));
}

function fitted(
  blocks: readonly types.KnownBlock[],
  { place = 'message' }: RenderOptions,
): types.KnownBlock[] {
  const isView = place === 'view';
  return fitBlocks(blocks, {
    blocks: isView ? limits.viewBlocks : limits.messageBlocks,
    characters: isView ? limits.viewCharacters : limits.messageCharacters,
  });
}

function linesOf(block: Block<Button>): string[] {
  switch (block.type) {
    case 'text':
    case 'code':
      return block.text.split('\n');
    case 'facts':
      return block.facts.map(({ label, value }) => `${label}: ${value}`);
    case 'table':
      return block.rows.slice(0, limits.tableColumns).map((row) => row.join(' · '));
    case 'steps':
      return [
        `${block.title} ${block.code ?? ''}`,
        ...block.steps.map((step, index) => `${index + 1}. ${step}`),
      ];
    case 'chart':
      return [block.alt];
    case 'link':
      return [`${block.label}: ${block.url}`];
    case 'actions':
      return [];
  }
}
