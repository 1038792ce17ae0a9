import type { Card } from '../card.js';
import { readableSpan } from '../dates.js';
import type { Dimension } from '../figures.js';
import type { Core } from '../ports.js';
import { alreadyAdded } from '../problems/link.js';
import { otherPlatform } from '../problems/offer.js';
import { ProblemError } from '../problems/problem.js';
import { problemBlock, problemCard } from '../problems/problem-card.js';
import { queueMissed } from '../sync/queue-sync.js';
import { liveCheckBlocks } from './live-check-card.js';
import type { Offer } from './offer.js';
import { checkPaste, hasErrors, type Paste } from './paste.js';
import { platformOf } from './platform-of.js';
import { type ProbeResult, probeReport } from './probe.js';
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
): Promise<Card> {
  const again = { offer: String(offer.number), ...(request.token ? { token: request.token } : {}) };
  const link = checkPaste(core, request);
  if (hasErrors(link) || !link.platform || !link.access) {
    return refusedLinkCard(link, {
      lead: 'Not renewed yet',
      command: 'offer renew',
      options: again,
      url: request.url,
    });
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
    const card = problemCard(probe.failure, {
      actions: [{ label: 'Paste another URL', command: 'offer renew', options: again, form: true }],
    });
    return { ...card, title: `Not renewed: ${probe.failure.what}` };
  }
  const doubt = await strangerDoubt(core, offer, probe);
  if (doubt && !request.anyway) {
    const options = { ...again, url: request.url, anyway: 'yes', ...(request.fix ? { fix: 'yes' } : {}) };
    return {
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
    };
  }
  const missed = await core.stores.transaction(async (stores) => {
    const now = core.clock.now();
    const change = {
      ...marks,
      host: new URL(access.url).host,
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
  return {
    title: `${offer.name} is renewed (token …${link.tokenTail}); its history stays`,
    tone: 'good',
    blocks: [
      ...(link.changes.length > 0
        ? [{ type: 'text', text: `Changed in the URL: ${link.changes.join(' ')}` } as const]
        : []),
      {
        type: 'text',
        text: `The same account: ${overlapWords(await core.stores.figures.dimensions(offer.id), probe)}. Reading ${readableSpan(missed.from, missed.to)} again now.`,
      },
      ...probe.findings.map(problemBlock),
    ],
    problems: probe.findings.map((finding) => finding.code),
  };
}

/** Why the new report may belong to another account, or `null` when brands or campaigns overlap (or there is no history). */
async function strangerDoubt(core: Core, offer: Offer, probe: ProbeResult): Promise<string | null> {
  const known = await core.stores.figures.dimensions(offer.id);
  if (known.length === 0) return null;
  const rows = probe.report?.rows ?? [];
  if (rows.length === 0)
    return 'The new report is empty for the last seven days, so its brands and campaigns cannot be compared.';
  if (overlap(known, rows, brandOf) > 0 && overlap(known, rows, campaignOf) > 0) return null;
  const had = [...new Set(known.map(brandName))].slice(0, 4).join(', ');
  const has = [...new Set(rows.map(brandName))].slice(0, 4).join(', ');
  return `Until now it had ${had || 'no named brand'}; the new report has ${has || 'no named brand'}, with no campaign in common.`;
}

function overlapWords(known: readonly Dimension[], probe: ProbeResult): string {
  const rows = probe.report?.rows ?? [];
  if (known.length === 0 || rows.length === 0) return 'nothing to compare yet';
  const brands = overlap(known, rows, brandOf);
  const campaigns = overlap(known, rows, campaignOf);
  return `${brands} of its brands and ${campaigns} of its campaigns are in both`;
}

function overlap(
  known: readonly Dimension[],
  rows: readonly Dimension[],
  keyOf: (dimension: Dimension) => string,
): number {
  const had = new Set(known.map(keyOf));
  return new Set(rows.map(keyOf).filter((key) => had.has(key))).size;
}

function brandOf(dimension: Dimension): string {
  return dimension.brandId || dimension.brand;
}

function brandName(dimension: Dimension): string {
  return dimension.brand || dimension.brandId;
}

function campaignOf(dimension: Dimension): string {
  return dimension.campaignId || dimension.campaign;
}
