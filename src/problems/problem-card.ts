import type { Action, Block, Card, DrawnCard, Tone } from '../card.js';
import { withoutActions } from '../without-actions.js';
import type { Problem } from './problem.js';

/** A problem as a block: what, its code, why, then the steps. */
export function problemBlock(problem: Problem): Block<never> {
  return {
    type: 'steps',
    title: problem.what,
    code: problem.code,
    text: problem.why,
    steps: problem.fix,
  };
}

/** A card for one problem. */
export function problemCard(
  problem: Problem,
  options: { tone?: Tone; examples?: readonly string[]; actions?: readonly Action[] } = {},
): Card {
  const blocks: Block[] = [{ type: 'text', text: problem.why }];
  if (problem.fix.length > 0)
    blocks.push({ type: 'steps', title: 'To mend it', code: problem.code, steps: problem.fix });
  for (const example of options.examples?.slice(0, 1) ?? []) blocks.push({ type: 'code', text: example });
  if (options.actions?.length) blocks.push({ type: 'actions', actions: options.actions });
  return { title: problem.what, tone: options.tone ?? 'bad', blocks, problems: [problem.code] };
}

/** A card for one problem that a surface itself has to tell of; it has no buttons that would have to be stored. */
export function drawnProblem(problem: Problem, tone: Tone = 'bad'): DrawnCard {
  return withoutActions(problemCard(problem, { tone }));
}
