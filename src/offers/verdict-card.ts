import type { Action, Block, Card } from '../card.js';
import type { CheckedLink } from '../links/check-link.js';
import { problemBlock } from '../problems/problem-card.js';

/** What a verdict is about to do with the URL: the words and buttons differ. */
export interface VerdictPurpose {
  /** `Not added yet`, `Not renewed yet`, `Checked`. */
  readonly lead: string;
  /** The command that goes on from here, and its options without the URL. */
  readonly command: string;
  readonly options: Readonly<Record<string, string>>;
  readonly url: string;
}

/** Which URL, without saying it: platform, host, report and the last characters of the token. */
export function describeLink(link: Pick<CheckedLink, 'platform' | 'host' | 'tokenTail'>): string {
  const where = [link.host, link.tokenTail ? `token …${link.tokenTail}` : ''].filter(Boolean).join(', ');
  const what = link.platform ? `this ${link.platform.label} URL` : link.host ? 'this URL' : 'what you pasted';
  return where ? `${what} (${where})` : what;
}

/** The card for a URL that cannot be taken as it is: every finding with its fix, then what one press can do. */
export function refusedLinkCard(link: CheckedLink, purpose: VerdictPurpose): Card {
  const { findings } = link;
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  const count = findings.length === 1 ? '1 thing' : `${findings.length} things`;
  return {
    title: `${purpose.lead}: ${count} to mend in ${describeLink(link)}`,
    tone: 'bad',
    blocks: [
      ...cleanedBlocks(link.changes),
      ...findings.map(problemBlock),
      { type: 'actions', actions: verdictActions(link, purpose, errors) },
    ],
    problems: findings.map((finding) => finding.code),
  };
}

/** Says what was tidied in the pasted text before it was read. */
export function cleanedBlocks(changes: readonly string[]): Block[] {
  return changes.length === 0
    ? []
    : [{ type: 'text', text: `Tidied what was pasted: ${changes.join(' ')}`, muted: true }];
}

function verdictActions(link: CheckedLink, purpose: VerdictPurpose, errors: number): Action[] {
  const actions: Action[] = [];
  const mended = link.mended;
  const mends = mended ? link.findings.length - mended.findingsLeft.length : 0;
  if (mended && mends > 0) {
    const left = mended.findingsLeft.some((finding) => finding.severity === 'error');
    const all = mends === errors || mends === link.findings.length;
    if (!left) {
      actions.push({
        label: all ? 'Fix these and go on' : `Fix ${mends} things and go on`,
        style: 'primary',
        command: purpose.command,
        options: { ...purpose.options, url: purpose.url, fix: 'yes' },
      });
    }
  }
  actions.push({
    label: 'Paste another URL',
    command: purpose.command,
    options: purpose.options,
    form: true,
  });
  return actions;
}
