import type { Judge } from './discord-judge.js';
import { type Addressed, figuresOf, leaksIn } from './leaks.js';
import { type SentBody, textsOf } from './sent-body.js';
import type { Tally } from './tally.js';

/** All that the bot sent to one pretend chat product. What is wrong with any of it fails the test that caused it. */
export interface Ledger {
  /** A body as it arrived, and what the far side itself finds wrong with it. */
  sent(body: SentBody, faults?: readonly string[]): void;
  /** What the core gives to everybody of a channel; `isRight`: whether figures may go there, where a test knows. */
  addressed(room: string, content: unknown, isRight?: boolean): void;
  /** What is wrong with any of it, each with its endpoint and path; and what was judged. */
  verdict(): { readonly wrong: readonly string[]; readonly tally: Tally };
}

/** Where nobody judges what is sent: in long runs, which have questions of their own. */
export const unkept: Ledger = {
  sent() {},
  addressed() {},
  verdict: () => ({ wrong: [], tally: { bodies: {}, public: 0, leaks: 0 } }),
};

export function createLedger(judge: Judge | null): Ledger {
  const bodies: SentBody[] = [];
  const addressed: Addressed[] = [];
  const faults: string[] = [];
  return {
    sent(sent, found = []) {
      bodies.push(sent);
      faults.push(...found.map((fault) => `${sent.endpoint} ${fault}`));
    },
    addressed(room, content, isRight = true) {
      const placed = textsOf(content);
      addressed.push({ room, words: placed.map(({ text }) => text).join('\n') });
      const [figure] = isRight ? [] : figuresOf(placed);
      if (figure) faults.push(`${room} is given ${figure}, and no offer has that channel`);
    },
    verdict() {
      // Not when they arrive: the bot waits for its answer, and a schema takes a while to be compiled.
      const judged = bodies.flatMap((sent) =>
        (judge?.(sent) ?? []).map((fault) => `${sent.endpoint} ${fault}`),
      );
      const leaks = leaksIn(bodies, addressed);
      const tally = {
        bodies: countOf(bodies.map(({ surface, endpoint }) => `${surface} ${endpoint}`)),
        public: bodies.filter(({ room }) => room !== null).length,
        leaks: leaks.length,
      };
      return { wrong: [...new Set([...faults, ...judged, ...leaks])], tally };
    },
  };
}

function countOf(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
