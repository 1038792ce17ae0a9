import { z } from 'zod';
import type { Card } from '../card.js';
import type { Caller } from '../command.js';
import { option } from '../options.js';
import type { Core } from '../ports.js';
import { type Problem, ProblemError } from '../problems/problem.js';
import { addOffer } from './add-offer.js';
import { type ImportLine, readImportLines } from './import-lines.js';

const lineForm = z.object({
  channel: option.channel('').optional(),
  currency: option.currency('').optional(),
});

interface Verdict {
  readonly line: ImportLine;
  readonly ok: boolean;
  readonly words: string;
  readonly codes: readonly string[];
}

/** Adds each URL by itself: one that is refused stops none of the others. */
export async function importOffers(
  core: Core,
  caller: Caller,
  list: string,
  fix: boolean,
  progress: (card: Card) => void,
): Promise<Card> {
  const lines = readImportLines(list);
  const verdicts: Verdict[] = [];
  for (const line of lines) {
    progress({ title: `Checking ${verdicts.length + 1} of ${lines.length} …`, tone: 'plain', blocks: [] });
    verdicts.push(await importOne(core, caller, line, fix));
  }
  return importCard(verdicts, list, fix);
}

async function importOne(core: Core, caller: Caller, line: ImportLine, fix: boolean): Promise<Verdict> {
  const parsed = lineForm.safeParse({ channel: line.channel, currency: line.currency });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return {
      line,
      ok: false,
      words: `The ${String(issue?.path[0])} ${issue?.message}.`,
      codes: ['command.bad-value'],
    };
  }
  try {
    const request = { url: line.url, name: line.name, token: line.token, ...parsed.data, fix, anyway: false };
    const { offer, card } = await addOffer(core, caller, request);
    if (offer)
      return {
        line,
        ok: true,
        words: `Added ${offer.name} as offer ${offer.number}.`,
        codes: card.problems ?? [],
      };
    return { line, ok: false, words: firstProblem(card), codes: card.problems ?? [] };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { line, ok: false, words: describe(error.problem), codes: [error.problem.code] };
  }
}

function describe(problem: Problem): string {
  return [problem.what, problem.fix[0]].filter(Boolean).join(' ');
}

function firstProblem(card: Card): string {
  const steps = card.blocks.find((block) => block.type === 'steps');
  if (steps?.type !== 'steps') return card.title;
  const more = (card.problems?.length ?? 1) - 1;
  return `${steps.title}${more > 0 ? ` And ${more} more.` : ''}`;
}

function importCard(verdicts: readonly Verdict[], list: string, fix: boolean): Card {
  const added = verdicts.filter((verdict) => verdict.ok).length;
  const refused = verdicts.length - added;
  const codes = [...new Set(verdicts.flatMap((verdict) => verdict.codes))];
  return {
    title: `${added} of ${verdicts.length} added${refused > 0 ? `, ${refused} to look at` : ''}`,
    tone: refused === 0 ? 'good' : added === 0 ? 'bad' : 'warning',
    blocks: [
      {
        type: 'table',
        columns: [{ label: 'Line', align: 'right' }, { label: 'Verdict' }, { label: 'Codes' }],
        rows: verdicts.map((verdict) => [String(verdict.line.line), verdict.words, verdict.codes.join(', ')]),
      },
      ...(refused > 0
        ? [{ type: 'text', text: 'Check one by itself to see every step: /offer check <URL>.' } as const]
        : []),
      ...(refused > 0 && !fix
        ? [
            {
              type: 'actions',
              actions: [
                {
                  label: 'Mend what the URLs decide and try again',
                  style: 'primary',
                  command: 'offer import',
                  options: { list, fix: 'yes' },
                },
              ],
            } as const,
          ]
        : []),
    ],
    problems: codes,
  };
}
