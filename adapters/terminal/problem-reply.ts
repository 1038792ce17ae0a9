import type { DrawnCard } from '../../src/card.js';
import type { Reply } from '../../src/dispatch.js';
import type { Problem } from '../../src/problems/problem.js';

function problemCard(problem: Problem): DrawnCard {
  return {
    title: problem.what,
    tone: 'bad',
    blocks: [
      { type: 'text', text: problem.why },
      { type: 'steps', title: 'To mend it', code: problem.code, steps: problem.fix },
    ],
    problems: [problem.code],
  };
}

/** The answer to a line that the terminal itself cannot act on. */
export function problemReply(problem: Problem): Reply {
  return { ok: false, private: true, card: problemCard(problem), files: [] };
}
