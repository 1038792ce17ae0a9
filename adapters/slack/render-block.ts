import type { types } from '@slack/bolt';
import type { Block, Button, ChartData } from '../../src/card.js';
import {
  gap,
  mutedText,
  plainText,
  preformatted,
  type RichElement,
  richText,
  section,
  words,
} from './elements.js';
import { limits } from './limits.js';
import { renderLetterTable, renderTable } from './render-table.js';
import { safeLine } from './safe-text.js';

export interface Drawing {
  /** Uploaded images by the chart they show; a chart without one shows its text. */
  readonly images: ReadonlyMap<ChartData, string>;
  readonly hasOwnTables: boolean;
  /** Numbers the faults of a card that has several. */
  readonly isNumbered: boolean;
}

/** Counts on over the blocks of one message. */
export interface Progress {
  tables: number;
  faults: number;
}

/** One block of a card as Slack's blocks. */
export function renderBlock(block: Block<Button>, drawing: Drawing, progress: Progress): types.KnownBlock[] {
  switch (block.type) {
    case 'text':
      return [block.muted ? mutedText(block.text) : richText(section(words(block.text)))];
    case 'facts':
      return renderFacts(block.facts);
    case 'table':
      progress.tables += 1;
      // A second table of Slack's own in one message is refused.
      return drawing.hasOwnTables && progress.tables === 1 ? renderTable(block) : renderLetterTable(block);
    case 'steps':
      progress.faults += 1;
      return [renderSteps(block, drawing.isNumbered ? progress.faults : null)];
    case 'chart':
      return [renderChart(block.chart, block.alt, drawing)];
    case 'code':
      return [richText(preformatted(block.text))];
    case 'link':
      return [renderLink(block.label, block.url)];
    case 'actions':
      return renderActions(block.actions);
  }
}

function renderFacts(
  facts: readonly { readonly label: string; readonly value: string }[],
): types.KnownBlock[] {
  if (facts.length === 0) return [];
  const shown: RichElement[] = [];
  let used = 0;
  let count = 0;
  for (const { label, value } of facts.slice(0, limits.facts)) {
    const drawn = [
      words(label, { bold: true }, limits.label),
      gap('  '),
      words(value, undefined, limits.listItem),
    ];
    used += JSON.stringify(drawn).length;
    if (used > limits.text && count > 0) break;
    shown.push(...(count > 0 ? [gap('\n')] : []), ...drawn);
    count += 1;
  }
  const more = facts.length - count;
  return [richText(section(...shown)), ...(more > 0 ? [mutedText(`${more} more`)] : [])];
}

function renderSteps(block: Extract<Block, { type: 'steps' }>, number: number | null): types.KnownBlock {
  const title = number === null ? block.title : `${number}. ${block.title}`;
  const head: RichElement[] = [words(title, { bold: true }, limits.plainText)];
  if (block.code) head.push(gap('  '), words(block.code, { code: true }, limits.label));
  if (block.text) head.push(gap('\n'), words(block.text, undefined, limits.plainText));
  const shown = block.steps.slice(0, limits.listItems);
  const more = block.steps.length - shown.length;
  const items = shown.map((step) => section(words(step, undefined, limits.listItem)));
  if (more > 0) items.push(section(words(`… ${more} more`)));
  if (items.length === 0) return richText(section(...head));
  return richText(section(...head), { type: 'rich_text_list', style: 'ordered', elements: items });
}

function renderChart(chart: ChartData, alt: string, drawing: Drawing): types.KnownBlock {
  const file = drawing.images.get(chart);
  if (file === undefined) return mutedText(`${chart.title}: ${alt}`);
  return {
    type: 'image',
    slack_file: { id: file },
    // The picture shows its title itself.
    alt_text: safeLine(alt, limits.altText),
  };
}

function renderLink(label: string, url: string): types.KnownBlock {
  const isWeb = /^https?:\/\//i.test(url) && URL.canParse(url);
  if (!isWeb || url.length > limits.url)
    return richText(section(words(`${label}: ${url}`, undefined, limits.text)));
  return richText(section({ type: 'link', url, text: safeLine(label, limits.label) }));
}

function renderActions(buttons: readonly Button[]): types.KnownBlock[] {
  const shown = buttons
    .filter(({ id }) => id.length > 0 && id.length <= limits.buttonId)
    .slice(0, limits.buttons);
  if (shown.length === 0) return [];
  const elements = shown.map(
    (button): types.Button => ({
      type: 'button',
      action_id: button.id,
      value: button.id,
      text: plainText(button.label, limits.buttonLabel),
      ...(button.style ? { style: button.style } : {}),
    }),
  );
  const rows: types.KnownBlock[] = [];
  for (let start = 0; start < elements.length; start += limits.buttonsInRow) {
    rows.push({ type: 'actions', elements: elements.slice(start, start + limits.buttonsInRow) });
  }
  const more = buttons.length - shown.length;
  return [...rows, ...(more > 0 ? [mutedText(`${more} more buttons`)] : [])];
}
