import type { DrawnCard, Tone } from '../../src/card.js';
import type { Problem } from '../../src/problems/problem.js';

/** What the surface itself has to say, as a card without buttons. */
export function problemCard(problem: Problem, tone: Tone = 'bad'): DrawnCard {
  return {
    title: problem.what,
    tone,
    blocks: [
      { type: 'text', text: problem.why },
      { type: 'steps', title: 'To mend it', code: problem.code, steps: problem.fix },
    ],
    problems: [problem.code],
  };
}
