import type { Reply } from '../../src/dispatch.js';
import type { Problem } from '../../src/problems/problem.js';
import { drawnProblem } from '../../src/problems/problem-card.js';

/** The answer to a line that the terminal itself cannot act on. */
export function problemReply(problem: Problem): Reply {
  return { ok: false, private: true, card: drawnProblem(problem), files: [] };
}
