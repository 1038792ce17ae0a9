import type { Card, DrawnCard } from './card.js';
import type { Reply } from './dispatch.js';
import type { Problem } from './problems/problem.js';
import { problemCard } from './problems/problem-card.js';

/** An answer without buttons needs nothing stored to be drawn: it can be said whatever is broken. */
export function cardReply(card: Card, isPrivate = true): Reply {
  return { ok: card.tone !== 'bad', private: isPrivate, card: withoutButtons(card), files: [] };
}

export function problemReply(problem: Problem, isPrivate = true): Reply {
  return cardReply(problemCard(problem), isPrivate);
}

function withoutButtons({ details: _, blocks, ...card }: Card): DrawnCard {
  return { ...card, blocks: blocks.flatMap((block) => (block.type === 'actions' ? [] : [block])) };
}
