import { z } from 'zod';
import type { Block, Card } from '../card.js';
import type { Answer, Caller } from '../command.js';
import { option } from '../options.js';
import type { Core } from '../ports.js';
import { type Problem, ProblemError } from '../problems/problem.js';
import { addOffer } from './add-offer.js';
import { importCard, type LineVerdict } from './import-card.js';
import { type ImportLine, readImportLines } from './import-lines.js';

const lineForm = z.object({
  channel: option.channel('Where its figures and alerts go').optional(),
  currency: option.currency('The currency of a report that names none').optional(),
});

/** Adds each URL by itself: one that is refused stops none of the others. */
export async function importOffers(
  core: Core,
  caller: Caller,
  list: string,
  fix: boolean,
  progress: (card: Card) => void,
): Promise<Answer> {
  const lines = readImportLines(list);
  const verdicts: LineVerdict[] = [];
  for (const line of lines) {
    progress({ title: `Checking ${verdicts.length + 1} of ${lines.length} …`, tone: 'plain', blocks: [] });
    verdicts.push({ line, ...(await importOne(core, caller, line, fix)) });
  }
  const added = verdicts.filter((verdict) => verdict.ok).length;
  return { card: importCard(verdicts), unchanged: added === 0, about: `${added} offers` };
}

type Outcome = Omit<LineVerdict, 'line'>;

async function importOne(core: Core, caller: Caller, line: ImportLine, fix: boolean): Promise<Outcome> {
  const parsed = lineForm.safeParse({ channel: line.channel, currency: line.currency });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return refused(`The ${String(issue?.path[0])} ${issue?.message}.`, ['command.bad-value']);
  }
  try {
    const request = { url: line.url, name: line.name, token: line.token, ...parsed.data, fix, anyway: false };
    const { offer, card } = await addOffer(core, caller, request);
    const codes = card.problems ?? [];
    if (!offer) return { ...refused(firstProblem(card), codes), mendable: !fix && offersToMend(card) };
    return { ok: true, words: `Added ${offer.name} as offer ${offer.number}.`, codes, mendable: false };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return refused(describe(error.problem), [error.problem.code]);
  }
}

function refused(words: string, codes: readonly string[]): Outcome {
  return { ok: false, words, codes, mendable: false };
}

function describe(problem: Problem): string {
  return [problem.what, problem.fix[0]].filter(Boolean).join(' ');
}

/** The first thing that stands against it: a finding's title, or the sentence above the steps of a single problem. */
function firstProblem(card: Card): string {
  const first = card.blocks.find(
    (block) => block.type === 'steps' || (block.type === 'text' && !block.muted),
  );
  const more = (card.problems?.length ?? 1) - 1;
  return `${first ? sentenceOf(first) : card.title}${more > 0 ? ` And ${more} more.` : ''}`;
}

function sentenceOf(block: Block): string {
  if (block.type === 'steps') return block.title;
  return block.type === 'text' ? block.text : '';
}

function offersToMend(card: Card): boolean {
  return card.blocks.some(
    (block) => block.type === 'actions' && block.actions.some((action) => action.options.fix === 'yes'),
  );
}
