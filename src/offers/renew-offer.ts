import type { Card } from '../card.js';
import type { Answer } from '../command.js';
import { readableSpan } from '../dates.js';
import type { Core } from '../ports.js';
import { alreadyAdded } from '../problems/link.js';
import { otherPlatform } from '../problems/offer.js';
import { whilePasting } from '../problems/probe.js';
import { ProblemError } from '../problems/problem.js';
import { problemBlock, problemCard } from '../problems/problem-card.js';
import { queueMissed } from '../sync/queue-sync.js';
import { liveCheckBlocks } from './live-check-card.js';
import type { Offer } from './offer.js';
import { checkPaste, hasErrors, type Paste } from './paste.js';
import { platformOf } from './platform-of.js';
import { probeReport } from './probe.js';
import { proofOf, strangerDoubt } from './same-account.js';
import { linkMarks, sealAccess } from './save-offer.js';
import { describeLink, refusedLinkCard } from './verdict-card.js';

export interface RenewRequest extends Paste {
  /** Take the URL although it does not look like the same account. */
  readonly anyway: boolean;
}

/** Puts a new URL in the place of the old one. It must read, and must show brands or campaigns that the history knows. */
export async function renewOffer(
  core: Core,
  offer: Offer,
  request: RenewRequest,
  progress: (card: Card) => void,
): Promise<Answer> {
  const again = { offer: String(offer.number), ...(request.token ? { token: request.token } : {}) };
  const link = checkPaste(core, request);
  if (hasErrors(link) || !link.platform || !link.access) {
    const purpose = { lead: 'Not renewed yet', command: 'offer renew', options: again, url: request.url };
    return asking(refusedLinkCard(link, purpose));
  }
  const { platform, access } = link;
  if (platform.id !== offer.platform) {
    throw new ProblemError(otherPlatform(offer.name, platformOf(core, offer).label, platform.label));
  }
  const marks = linkMarks(core, platform, access);
  const twin = await core.stores.offers.findByFingerprint(offer.workspace, marks.fingerprint);
  if (twin && twin.id !== offer.id) throw new ProblemError(alreadyAdded(twin.name));
  progress({ title: `Reading seven days of ${describeLink(link)} …`, tone: 'plain', blocks: [] });
  const probe = await probeReport(core, platform, access, offer.currency);
  if (probe.failure) {
    const card = problemCard(whilePasting(probe.failure), {
      actions: [{ label: 'Paste another URL', command: 'offer renew', options: again, form: true }],
    });
    return asking({ ...card, title: `Not renewed yet: ${probe.failure.what}` });
  }
  const known = await core.stores.figures.dimensions(offer.id);
  const report = { host: new URL(access.url).host, dimensions: probe.report?.rows.dimensions ?? [] };
  const doubt = strangerDoubt(offer, known, report);
  if (doubt && !request.anyway) {
    const options = { ...again, url: request.url, anyway: 'yes', ...(request.fix ? { fix: 'yes' } : {}) };
    return asking({
      title: `Not renewed yet: is this the same account as ${offer.name}?`,
      tone: 'warning',
      blocks: [
        { type: 'text', text: doubt },
        ...liveCheckBlocks(platform, probe),
        {
          type: 'actions',
          actions: [
            { label: 'It is the same, renew', style: 'primary', command: 'offer renew', options },
            { label: 'Paste another URL', command: 'offer renew', options: again, form: true },
          ],
        },
      ],
      problems: ['offer.other-account'],
    });
  }
  const missed = await core.stores.transaction(async (stores) => {
    const now = core.clock.now();
    const change = {
      ...marks,
      host: report.host,
      tokenTail: platform.tokenOf(access) ?? '',
      reportName: platform.reportNameOf(access),
      sealedUrl: sealAccess(core, offer.workspace, offer.id, access),
      nextSyncAt: now,
      // A report of the person's choice may have other columns: it is compared with itself from now on.
      shape: null,
    };
    await stores.offers.change(offer.id, change);
    const renewed = { ...offer, ...change };
    await stores.jobs.removeForOffer(offer.id);
    return queueMissed(stores, renewed, now);
  });
  const card: Card = {
    title: `${offer.name} is renewed (token …${link.tokenTail}); its history stays`,
    tone: 'good',
    blocks: [
      ...(link.changes.length > 0
        ? [{ type: 'text', text: `Changed in the URL: ${link.changes.join(' ')}` } as const]
        : []),
      {
        type: 'text',
        text: `${proofOf(offer, known, report)} Reading ${readableSpan(missed.from, missed.to)} again now.`,
      },
      ...probe.findings.map(problemBlock),
    ],
    problems: probe.findings.map((finding) => finding.code),
  };
  return { card };
}

/** Nothing is changed before the person has answered. */
function asking(card: Card): Answer {
  return { card, unchanged: true };
}
