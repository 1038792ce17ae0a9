import type { Block, DrawnCard } from './card.js';
import { unexpected } from './problems/own.js';
import { type Problem, ProblemError } from './problems/problem.js';
import { problemBlock } from './problems/problem-card.js';

/** One thing that `tallyman doctor` looks at. `look` answers what it saw in a few words, or throws what is wrong. */
export interface Checkup {
  readonly name: string;
  look(): Promise<string>;
}

/** A setting that the environment got wrong, as something to look at. */
export function brokenSetting(problem: Problem): Checkup {
  return {
    name: 'Configuration',
    look: async () => {
      throw new ProblemError(problem);
    },
  };
}

/** Looks at everything, also after something was found, and says what is well and what is not, each with its fix. */
export async function doctorCard(checkups: readonly Checkup[]): Promise<DrawnCard> {
  const well: { label: string; value: string }[] = [];
  const problems: Problem[] = [];
  for (const checkup of checkups) {
    try {
      well.push({ label: checkup.name, value: await checkup.look() });
    } catch (error) {
      const problem = error instanceof ProblemError ? error.problem : unexpected(checkup.name);
      // Several look at one answer: what is wrong with it is said once.
      if (!problems.some(({ what }) => what === problem.what)) problems.push(problem);
      if (well.at(-1)?.label !== checkup.name) well.push({ label: checkup.name, value: 'see below' });
    }
  }
  const blocks: Block<never>[] = [{ type: 'facts', facts: well }, ...problems.map(problemBlock)];
  return {
    title: problems.length === 0 ? 'All is well' : `${problems.length} to mend`,
    tone: problems.length === 0 ? 'good' : 'bad',
    blocks,
    problems: problems.map((problem) => problem.code),
  };
}

/** For what several checkups look at: done when the first one asks. */
export function once<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | null = null;
  return () => {
    done ??= work();
    return done;
  };
}
