import type { Block, Button, DrawnCard, Tone } from '../../src/card.js';
import { displayWidth, padWidth } from './display-width.js';
import { limits } from './limits.js';
import { type Paint, painter, type Style } from './paint.js';
import { renderActions } from './render-actions.js';
import { renderChart } from './render-chart.js';
import { renderSteps } from './render-steps.js';
import { renderTable } from './render-table.js';
import { safeLine, safeLines } from './safe-text.js';
import { wrapHanging, wrapLine } from './wrap-text.js';

export interface RenderOptions {
  /** Columns; no line is wider. */
  readonly width: number;
  readonly colour: boolean;
  /** The number of the card's first button. */
  readonly firstNumber: number;
  /** Stands before the title, such as `[#casino]`. */
  readonly heading?: string;
}

type DrawnBlock = Block<Button>;

const toneMarks: Readonly<Record<Tone, { readonly mark: string; readonly style: Style }>> = {
  plain: { mark: '', style: 'bold' },
  good: { mark: '✓ ', style: 'green' },
  warning: { mark: '! ', style: 'yellow' },
  bad: { mark: '✗ ', style: 'red' },
};

/** The card's buttons in the order of their numbers. */
export function buttonsOf(card: DrawnCard): readonly Button[] {
  return allBlocks(card).flatMap((block) => (block.type === 'actions' ? block.actions : []));
}

/** A card as lines for a terminal; `details` stand below under a heading of their own. */
export function renderCard(card: DrawnCard, options: RenderOptions): string[] {
  const paint = painter(options.colour);
  const state = { number: options.firstNumber, fault: 0, several: countFaults(card) > 1 };
  const draw = (blocks: readonly DrawnBlock[]) => {
    const drawn = blocks.map((block) => ({
      type: block.type,
      lines: renderBlock(block, options, state, paint),
    }));
    return drawn.filter(({ lines }) => lines.length > 0);
  };
  const lines = renderTitle(card, options, paint);
  const body = draw(card.blocks);
  const details = draw(card.details ?? []);
  for (const [index, { type, lines: drawn }] of body.entries()) {
    lines.push(...(needsSpace(type, body[index - 1]?.type) ? [''] : []), ...drawn);
  }
  if (details.length === 0) return lines;
  lines.push('', paint('dim', `── Details ${'─'.repeat(Math.max(0, options.width - 11))}`));
  for (const [index, { type, lines: drawn }] of details.entries()) {
    lines.push(...(index > 0 && needsSpace(type, details[index - 1]?.type) ? [''] : []), ...drawn);
  }
  return lines;
}

interface Numbering {
  number: number;
  fault: number;
  readonly several: boolean;
}

function renderBlock(block: DrawnBlock, options: RenderOptions, state: Numbering, paint: Paint): string[] {
  const { width } = options;
  switch (block.type) {
    case 'text':
      return wrapHanging('', safeLines(block.text, limits.text), width).map((line) =>
        block.muted ? paint('dim', line) : line,
      );
    case 'facts':
      return renderFacts(block.facts, width, paint);
    case 'table':
      return renderTable(block, width, paint);
    case 'steps':
      state.fault += 1;
      return renderSteps(block, state.several ? state.fault : null, width, paint);
    case 'chart':
      return renderChart(block.chart, width, paint);
    case 'code':
      return wrapHanging('  ', safeLines(block.text, limits.text), width).map((line) => paint('cyan', line));
    case 'link':
      return renderLink(block.label, block.url, width, paint);
    case 'actions': {
      const first = state.number;
      state.number += block.actions.length;
      return renderActions(block.actions, first, width, paint);
    }
  }
}

function renderTitle(card: DrawnCard, options: RenderOptions, paint: Paint): string[] {
  const { mark, style } = toneMarks[card.tone];
  const heading = options.heading ? `${safeLine(options.heading, 60)} ` : '';
  const title = `${heading}${mark}${safeLine(card.title, limits.text)}`;
  const indent = ' '.repeat(displayWidth(mark));
  const [first = '', ...rest] = wrapLine(title, options.width - indent.length);
  return [paint('bold', paint(style, first)), ...rest.map((line) => indent + paint('bold', line))];
}

function renderFacts(
  facts: readonly { readonly label: string; readonly value: string }[],
  width: number,
  paint: Paint,
): string[] {
  const labels = facts.map(({ label }) => safeLine(label, limits.label));
  const widest = Math.min(24, Math.max(0, ...labels.map(displayWidth)));
  return facts.flatMap(({ value }, index) => {
    const label = labels[index] ?? '';
    const values = safeLines(value, limits.text).flatMap((line) => wrapLine(line, width - widest - 2));
    const rest = values.slice(1).map((line) => (' '.repeat(widest + 2) + line).trimEnd());
    if (displayWidth(label) <= widest) {
      return [`${paint('dim', padWidth(label, widest))}  ${values[0] ?? ''}`.trimEnd(), ...rest];
    }
    const alone = wrapLine(label, width).map((line) => paint('dim', line));
    return [...alone, (' '.repeat(widest + 2) + (values[0] ?? '')).trimEnd(), ...rest];
  });
}

function renderLink(label: string, url: string, width: number, paint: Paint): string[] {
  const name = safeLine(label, limits.label);
  const address = safeLine(url, limits.text);
  if (displayWidth(name) + displayWidth(address) + 2 <= width) return [`${name}: ${paint('cyan', address)}`];
  const lines = wrapLine(address, width - 2).map((line) => `  ${paint('cyan', line)}`);
  return [...wrapLine(`${name}:`, width), ...lines];
}

const compact: readonly DrawnBlock['type'][] = ['text', 'link'];

/** Prose follows prose and the title without a gap; everything else stands apart. */
function needsSpace(type: DrawnBlock['type'], before: DrawnBlock['type'] | undefined): boolean {
  if (before === undefined) return type !== 'text' && type !== 'facts';
  return !(compact.includes(type) && compact.includes(before));
}

function allBlocks(card: DrawnCard): readonly DrawnBlock[] {
  return [...card.blocks, ...(card.details ?? [])];
}

function countFaults(card: DrawnCard): number {
  return allBlocks(card).filter(({ type }) => type === 'steps').length;
}
