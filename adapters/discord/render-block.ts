import type { Block, Button } from '../../src/card.js';
import { codeText, escapeText, oneLine, visible } from './escape.js';
import { joinLines } from './join-lines.js';
import { drawing, limits } from './limits.js';
import { renderTable } from './render-table.js';

/** Blocks that become text; buttons and charts are components of their own. */
export type TextBlock = Exclude<Block<Button>, { readonly type: 'actions' }>;

/** A block as Discord markup within a number of characters; what is cut says so. */
export function renderBlock(block: TextBlock, most: number): string {
  switch (block.type) {
    case 'text':
      return block.muted ? renderMuted(block.text, most) : escapeText(block.text, most);
    case 'facts':
      return renderFacts(block.facts, most);
    case 'table':
      return renderTable(block, most);
    case 'steps':
      return renderSteps(block, most);
    case 'chart':
      // Only where there is no picture: that carries these words itself.
      return `-# ${escapeText(oneLine(block.alt), Math.min(most - 3, 300))}`;
    case 'code':
      return `\`\`\`\n${codeText(block.text, Math.max(1, most - 8))}\n\`\`\``;
    case 'link':
      return renderLink(block.label, block.url, most);
  }
}

function renderMuted(text: string, most: number): string {
  const lines = visible(text)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const room = Math.max(1, most - lines.length * 3);
  return lines
    .map((line) => `-# ${escapeText(line, Math.floor(room / Math.max(1, lines.length)))}`)
    .join('\n');
}

function renderFacts(
  facts: readonly { readonly label: string; readonly value: string }[],
  most: number,
): string {
  const lines = facts.map(({ label, value }) => {
    return `**${escapeText(oneLine(label), drawing.label)}** ${escapeText(oneLine(value), drawing.value)}`;
  });
  const [first] = facts;
  const short = (room: number) => escapeText(oneLine(`${first?.label} ${first?.value}`), room);
  return joinLines(lines, most, { noun: 'facts', short });
}

function renderSteps(block: Extract<TextBlock, { type: 'steps' }>, most: number): string {
  const code = block.code ? `\n-# ${escapeText(oneLine(block.code), drawing.label)}` : '';
  const room = Math.max(40, most - code.length);
  const title = `**${escapeText(oneLine(block.title), Math.min(drawing.title * 2, Math.floor(room / 3)))}**`;
  const text = block.text ? `\n${escapeText(block.text, Math.floor(room / 3))}` : '';
  const lines = block.steps.map((step, index) => `${index + 1}. ${escapeText(oneLine(step), drawing.step)}`);
  const short = (rest: number) => `1. ${escapeText(oneLine(block.steps[0] ?? ''), rest - 3)}`;
  const steps = joinLines(lines, room - title.length - text.length - 1, { noun: 'steps', short });
  return `${title}${text}${steps ? `\n${steps}` : ''}${code}`;
}

/** The address stands in the open: a masked link could lead anywhere. */
function renderLink(label: string, url: string, most: number): string {
  const name = escapeText(oneLine(label), Math.min(drawing.label * 2, Math.floor(most / 3)));
  const isWeb = /^https:\/\/[^\s<>]+$/u.test(url);
  if (isWeb && url.length <= limits.linkUrl && name.length + url.length + 5 <= most)
    return `${name}: <${url}>`;
  return `${name}: ${escapeText(url, most - name.length - 2)}`;
}
