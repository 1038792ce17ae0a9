import type { Block, Card } from '../card.js';
import { type ImportLine, writeImportLines } from './import-lines.js';

/** What became of one line. `mendable`: the bot could mend its URL and try again. */
export interface LineVerdict {
  readonly line: ImportLine;
  readonly ok: boolean;
  readonly words: string;
  readonly codes: readonly string[];
  readonly mendable: boolean;
}

/** One verdict a line, and one press for all that the URLs decide. */
export function importCard(verdicts: readonly LineVerdict[]): Card {
  const refused = verdicts.filter((verdict) => !verdict.ok);
  const added = verdicts.length - refused.length;
  const blocks: Block[] = [
    {
      type: 'facts',
      facts: verdicts.map(({ line, ok, words, codes }) => ({
        label: `Line ${line.line}`,
        value: ok ? words : `${words} (${codes.join(', ')})`,
      })),
    },
  ];
  if (refused.length > 0) {
    blocks.push({
      type: 'text',
      text: 'Add one by itself to see every step: /offer add <report URL>',
      muted: true,
    });
  }
  const mendable = refused.filter((verdict) => verdict.mendable).map((verdict) => verdict.line);
  if (mendable.length > 0) blocks.push(mendBlock(mendable));
  return {
    title: `${added} of ${verdicts.length} added${refused.length > 0 ? `, ${refused.length} to look at` : ''}`,
    tone: refused.length === 0 ? 'good' : added === 0 ? 'bad' : 'warning',
    blocks,
    problems: [...new Set(verdicts.flatMap((verdict) => verdict.codes))],
  };
}

function mendBlock(lines: readonly ImportLine[]): Block {
  const where = lines.length === 1 ? `line ${lines[0]?.line ?? ''}` : `${lines.length} lines`;
  return {
    type: 'actions',
    actions: [
      {
        label: `Mend ${where} and go on`,
        style: 'primary',
        command: 'offer import',
        options: { list: writeImportLines(lines), fix: 'yes' },
      },
    ],
  };
}
