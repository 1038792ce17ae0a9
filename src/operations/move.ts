import type { DrawnCard } from '../card.js';
import type { Stores } from '../ports.js';
import { sealedTextsLost } from '../problems/operations.js';
import { ProblemError } from '../problems/problem.js';
import type { Vault } from '../secrets.js';

/** A table that was copied and compared, row by row. */
export interface MovedTable {
  readonly name: string;
  readonly rows: number;
}

/** Opens every sealed text with the key ring. Throws `operations.sealed-texts-lost`. */
export async function openAllSealed({ sealed }: Pick<Stores, 'sealed'>, vault: Vault): Promise<void> {
  const texts = await sealed.withoutMarks([], Number.MAX_SAFE_INTEGER);
  const lost = texts.filter(({ place, sealed: text }) => !opens(() => vault.open(text, place)));
  if (lost.length > 0) throw new ProblemError(sealedTextsLost(lost.length));
}

function opens(open: () => string): boolean {
  try {
    open();
    return true;
  } catch (error) {
    if (error instanceof ProblemError) return false;
    throw error;
  }
}

export function movedCard(tables: readonly MovedTable[], file: string): DrawnCard {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return {
    title: 'Moved to Postgres',
    tone: 'good',
    blocks: [
      {
        type: 'facts',
        facts: [
          { label: 'Rows', value: `${rows} in ${tables.length} tables, each compared with its original` },
          { label: 'Sealed texts', value: 'all open with the key file' },
          { label: 'What was there', value: `${file} is as it was` },
        ],
      },
      {
        type: 'steps',
        title: 'To go on',
        steps: [
          'Set DATABASE_URL to the new address; the key file stays the same.',
          'Start Tallyman.',
          `Put ${file} away, so that no second Tallyman starts on it.`,
        ],
      },
    ],
  };
}
