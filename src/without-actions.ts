import type { Card, DrawnCard } from './card.js';

/** The card without its buttons: whoever would press one is not whom it was drawn for, or nothing stores what they do. */
export function withoutActions({ blocks, details, ...rest }: Card): DrawnCard {
  const shown = (list: Card['blocks']) => list.flatMap((block) => (block.type === 'actions' ? [] : [block]));
  return { ...rest, blocks: shown(blocks), ...(details ? { details: shown(details) } : {}) };
}
