import type { Card } from '../card.js';
import type { Core } from '../ports.js';
import { whilePasting } from '../problems/probe.js';
import { problemBlock, problemCard } from '../problems/problem-card.js';
import { liveCheckBlocks } from './live-check-card.js';
import { checkPaste, hasErrors, type Paste } from './paste.js';
import { probeReport } from './probe.js';
import { cleanedBlocks, describeLink, refusedLinkCard } from './verdict-card.js';

/** The checks of `offer add` without saving: every finding of the URL, then what seven days of the report show. */
export async function checkOfferUrl(
  core: Core,
  request: Paste & { readonly currency?: string | undefined },
  progress: (card: Card) => void,
): Promise<Card> {
  const link = checkPaste(core, request);
  const again = request.token ? { token: request.token } : {};
  if (hasErrors(link) || !link.platform || !link.access) {
    return refusedLinkCard(link, {
      lead: 'Not ready',
      command: 'offer check',
      options: again,
      url: request.url,
    });
  }
  progress({ title: `Reading seven days of ${describeLink(link)} …`, tone: 'plain', blocks: [] });
  const probe = await probeReport(core, link.platform, link.access, request.currency ?? null);
  if (probe.failure) {
    const problem = whilePasting(probe.failure);
    const card = problemCard(problem);
    return {
      ...card,
      title: `The URL is well formed, but ${describeLink(link)} could not be read`,
      blocks: [{ type: 'text', text: problem.what }, ...card.blocks],
    };
  }
  const findings = [...link.findings, ...probe.findings];
  const add = { url: request.url, ...again, ...(request.fix ? { fix: 'yes' } : {}) };
  return {
    title:
      findings.length === 0
        ? `All is well with ${describeLink(link)}`
        : `Readable, with ${findings.length} to note: ${describeLink(link)}`,
    tone: findings.length === 0 ? 'good' : 'warning',
    blocks: [
      ...cleanedBlocks(link.changes),
      ...liveCheckBlocks(link.platform, probe),
      ...findings.map(problemBlock),
      {
        type: 'actions',
        actions: [{ label: 'Add it', style: 'primary', command: 'offer add', options: add }],
      },
    ],
    problems: findings.map((finding) => finding.code),
  };
}
