import type { Json } from './state.js';

/** A message as a person reads it. */
export function readMessage(message: { readonly text: string; readonly blocks: readonly Json[] }): string {
  if (message.blocks.length === 0) return unescaped(message.text);
  return message.blocks.map(readBlock).join('\n');
}

export function readBlock(block: Json): string {
  const elements = (Array.isArray(block.elements) ? block.elements : []) as Json[];
  switch (block.type) {
    case 'header':
    case 'section':
      return readText(block.text);
    case 'context':
      return elements.map(readText).join(' ');
    case 'actions':
      return elements.map((element) => `[${readText(element.text)}]`).join(' ');
    case 'rich_text':
      return elements.map(readRich).join('\n');
    case 'table':
      return (block.rows as Json[][])
        .map((row) => row.map((cell) => String(cell.text)).join(' | '))
        .join('\n');
    case 'image':
      return `${readText(block.title)}\n${String(block.alt_text)}`;
    default:
      return '';
  }
}

function readRich(part: Json): string {
  const elements = part.elements as Json[];
  if (part.type === 'rich_text_list')
    return elements.map((item, index) => `${index + 1}. ${readRich(item)}`).join('\n');
  return elements.map((element) => String(element.text)).join('');
}

function readText(element: unknown): string {
  const { text } = (element ?? {}) as Json;
  return typeof text === 'string' ? text : '';
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** What Slack would act on: mentions and links in text that it parses, and elements that mention or link. */
export function actedOn(message: { readonly text: string; readonly blocks: readonly Json[] }): string[] {
  return [...inMarkup(message.text), ...inBlocks(message.blocks)];
}

function inMarkup(text: string): string[] {
  return [...text.matchAll(/<(?:[!@#]|https?:|mailto:)[^>]*>/g)].map(([found]) => found);
}

function inBlocks(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(inBlocks);
  if (typeof value !== 'object' || value === null) return [];
  const element = value as Json;
  const own =
    element.type === 'mrkdwn'
      ? inMarkup(String(element.text))
      : ['link', 'user', 'usergroup', 'channel', 'broadcast', 'emoji'].includes(String(element.type))
        ? [JSON.stringify(element)]
        : [];
  return [...own, ...Object.values(element).flatMap(inBlocks)];
}
