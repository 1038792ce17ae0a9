import type { types } from '@slack/bolt';
import { limits } from './limits.js';
import { safeLine, safeLines } from './safe-text.js';

type Style = { readonly bold?: true; readonly code?: true };
export type RichElement = types.RichTextElement;
type RichPart = types.RichTextBlock['elements'][number];

export function words(text: string, style?: Style, longest: number = limits.text): types.RichTextText {
  return { type: 'text', text: safeLines(text, longest), ...(style ? { style } : {}) };
}

/** Between two elements; not trimmed as words are. */
export function gap(text: string): types.RichTextText {
  return { type: 'text', text };
}

export function section(...elements: RichElement[]): types.RichTextSection {
  return { type: 'rich_text_section', elements };
}

export function preformatted(text: string): types.RichTextPreformatted {
  return { type: 'rich_text_preformatted', elements: [words(text)] };
}

export function richText(...elements: RichPart[]): types.RichTextBlock {
  return { type: 'rich_text', elements };
}

/** `emoji: false`, so that `:smile:` in a name stays what it is. */
export function plainText(text: string, longest: number): types.PlainTextElement {
  return { type: 'plain_text', text: safeLine(text, longest), emoji: false };
}

export function mutedText(text: string): types.ContextBlock {
  const element = { type: 'plain_text' as const, text: safeLines(text, limits.plainText), emoji: false };
  return { type: 'context', elements: [element] };
}
