import type { DrawnCard } from '../../src/card.js';
import { escapeText, oneLine } from './escape.js';
import { limits } from './limits.js';
import { renderBlock } from './render-block.js';

/** A card as one short text, for when Discord refuses the drawn one: no buttons, no pictures, no files. */
export function plainText(card: DrawnCard): string {
  const title = `**${escapeText(oneLine(card.title), 200) || '–'}**`;
  const note = '\n-# Discord refused the full message; this is its short form.';
  let room = limits.content - title.length - note.length;
  const lines: string[] = [];
  for (const block of card.blocks) {
    if (block.type === 'actions' || room < 60) continue;
    const text = renderBlock(block, Math.min(room - 1, 400));
    if (text === '' || text.length + 1 > room) continue;
    lines.push(text);
    room -= text.length + 1;
  }
  return [title, ...lines].join('\n') + note;
}
