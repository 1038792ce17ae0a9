import type { Block, DrawnCard } from '../card.js';
import { type Problem, ProblemError } from '../problems/problem.js';
import { problemBlock } from '../problems/problem-card.js';
import type { Rekeyed } from './rekey.js';

/** Runs an operation; what stops it becomes the answer. */
export async function operationCard(work: () => Promise<DrawnCard>): Promise<DrawnCard> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { problem } = error;
    return { title: 'Not done', tone: 'bad', blocks: [problemBlock(problem)], problems: [problem.code] };
  }
}

export function backedUpCard(file: string, bytes: number): DrawnCard {
  return {
    title: `Backed up to ${file}`,
    tone: 'good',
    blocks: [
      { type: 'text', text: `${(bytes / 1_000_000).toFixed(1)} MB, whole and verified.` },
      {
        type: 'text',
        text: 'The report URLs in it are sealed: keep a copy of the key file too, in another place.',
        muted: true,
      },
    ],
  };
}

/** `keyProblem`: the backup needs a key that is not in the key file. `replaced` is `null` when nothing was there. */
export function restoredCard(restored: {
  readonly from: string | null;
  readonly replaced: string | null;
  readonly dropped: number;
  readonly keyProblem: Problem | null;
}): DrawnCard {
  const { from, replaced, dropped, keyProblem } = restored;
  const aside = replaced === null ? [] : [{ label: 'What was there', value: `kept as ${replaced}` }];
  const blocks: Block<never>[] = [
    {
      type: 'facts',
      facts: [
        ...aside,
        {
          label: 'Messages that waited',
          value: dropped === 0 ? 'none' : `${dropped} dropped, perhaps said before`,
        },
        { label: 'Digests due until now', value: 'not made up for; ask with /digest now' },
        { label: 'Figures', value: 'days since the backup are read again by themselves' },
      ],
    },
    ...(keyProblem ? [problemBlock(keyProblem)] : []),
  ];
  return {
    title: from === null ? 'Marked as restored' : `Restored from ${from}`,
    tone: keyProblem ? 'warning' : 'good',
    blocks,
    ...(keyProblem ? { problems: [keyProblem.code] } : {}),
  };
}

export function rekeyedCard({ resealed, forgotten, keysDropped }: Rekeyed, keyFile: string): DrawnCard {
  const given = forgotten === 0 ? [] : [{ label: 'Given up', value: `${forgotten} that no key opens` }];
  return {
    title: 'Sealed with a new key',
    tone: forgotten === 0 ? 'good' : 'warning',
    blocks: [
      {
        type: 'facts',
        facts: [
          { label: 'Sealed anew', value: String(resealed) },
          ...given,
          { label: 'Old keys removed', value: `${keysDropped} from ${keyFile}` },
        ],
      },
      {
        type: 'text',
        text: 'Backups made before this need the old key file. Make a new backup, and a new copy of the key file, now.',
      },
    ],
  };
}
