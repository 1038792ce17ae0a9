import { isAdmin } from '../access/is-admin.js';
import { workspaceZone } from '../access/workspace-zone.js';
import type { Action, Card } from '../card.js';
import type { Caller } from '../command.js';
import { addDays, type Day, dayIn, daysApart } from '../dates.js';
import type { ChannelRef } from '../options.js';
import type { Core } from '../ports.js';
import { addingRestricted } from '../problems/access.js';
import { alreadyAdded } from '../problems/link.js';
import { historyTooLong, nameTaken } from '../problems/offer.js';
import { countedAlready, whilePasting } from '../problems/probe.js';
import { type Finding, type Problem, ProblemError } from '../problems/problem.js';
import { problemBlock, problemCard } from '../problems/problem-card.js';
import { addedCard } from './added-card.js';
import { liveCheckBlocks } from './live-check-card.js';
import type { Offer } from './offer.js';
import { checkPaste, hasErrors, type Paste } from './paste.js';
import { type ProbeResult, probeReport } from './probe.js';
import { sharesFigures } from './same-account.js';
import { defaultHistoryFrom, freeName, linkMarks, mostHistoryDays, saveOffer } from './save-offer.js';
import { describeLink, refusedLinkCard } from './verdict-card.js';

export interface AddRequest extends Paste {
  readonly name?: string | undefined;
  readonly channel?: ChannelRef | undefined;
  readonly currency?: string | undefined;
  readonly from?: Day | undefined;
  /** Go on although the live check asked something. */
  readonly anyway: boolean;
}

/** The verdict on one URL: the saved offer, or the card that says what stands against it. */
export interface AddVerdict {
  readonly offer: Offer | null;
  readonly card: Card;
}

/** Checks, reads seven days, saves and starts the back-fill; or says what is wrong and what one press can do. */
export async function addOffer(
  core: Core,
  caller: Caller,
  request: AddRequest,
  progress: (card: Card) => void = () => {},
): Promise<AddVerdict> {
  await refuseUnlessAllowed(core, caller, request);
  const again = againOptions(request);
  const link = checkPaste(core, request);
  if (hasErrors(link) || !link.platform || !link.access) {
    const purpose = { lead: 'Not added yet', command: 'offer add', options: again, url: request.url };
    return refused(refusedLinkCard(link, purpose));
  }
  const { platform, access } = link;
  await refuseTwice(core, caller, linkMarks(core, platform, access).fingerprint);
  progress({ title: `Reading seven days of ${describeLink(link)} …`, tone: 'plain', blocks: [] });
  const probe = await probeReport(core, platform, access, request.currency ?? null);
  if (probe.failure)
    return refused(
      failedCard(probe.failure, `Not added yet: ${describeLink(link)} could not be read`, again),
    );
  const counted = await countedAlreadyIn(core, caller, link.host, probe);
  const asks = [...counted, ...probe.findings].filter((finding) => asking.has(finding.code));
  if (asks.length > 0 && !request.anyway) {
    return refused({
      title: `Not added yet: ${asks.length === 1 ? 'one question' : `${asks.length} questions`} about ${describeLink(link)}`,
      tone: 'warning',
      blocks: [
        ...asks.map(problemBlock),
        ...liveCheckBlocks(platform, probe),
        { type: 'actions', actions: askActions(request, again, probe) },
      ],
      problems: [...counted, ...probe.findings].map((finding) => finding.code),
    });
  }
  const offer = await saveOffer(core, caller, {
    platform,
    access,
    name: request.name ?? (await freeName(core.stores, caller.workspace, defaultName(probe, link.host))),
    currency: request.currency ?? null,
    channel: request.channel ?? caller.channel,
    historyFrom: request.from ?? defaultHistoryFrom(core),
  });
  const zone = await workspaceZone(core, caller.workspace);
  return { offer, card: addedCard(offer, platform, link, probe, zone) };
}

/** Findings of the live check that a person must answer before the offer is saved. */
const asking = new Set([
  'probe.counted-already',
  'probe.several-brands',
  'probe.currency-unknown',
  'probe.empty',
  'probe.grouping-absent',
]);

function refused(card: Card): AddVerdict {
  return { offer: null, card };
}

function askActions(request: AddRequest, again: Record<string, string>, probe: ProbeResult): Action[] {
  const url = request.url;
  const unknownCurrency = probe.findings.some((finding) => finding.code === 'probe.currency-unknown');
  const actions: Action[] = [];
  if (unknownCurrency && !request.currency) {
    actions.push({
      label: 'State the currency',
      style: 'primary',
      command: 'offer add',
      options: { ...again, url },
      form: true,
    });
  } else {
    actions.push({
      label: 'Add it as it is',
      style: 'primary',
      command: 'offer add',
      options: { ...again, url, anyway: 'yes' },
    });
  }
  actions.push({ label: 'Paste another URL', command: 'offer add', options: again, form: true });
  return actions;
}

function failedCard(failure: Problem, title: string, again: Record<string, string>): Card {
  const problem = whilePasting(failure);
  const card = problemCard(problem, {
    actions: [{ label: 'Paste another URL', command: 'offer add', options: again, form: true }],
  });
  return { ...card, title, blocks: [{ type: 'text', text: problem.what }, ...card.blocks] };
}

/** The options to hand over when a button repeats the command. */
function againOptions(request: AddRequest): Record<string, string> {
  return Object.fromEntries(
    Object.entries({
      name: request.name,
      channel:
        request.channel &&
        (request.channel.id === request.channel.name
          ? request.channel.name
          : `<#${request.channel.id}|${request.channel.name.slice(1)}>`),
      currency: request.currency,
      from: request.from,
      token: request.token,
      fix: request.fix ? 'yes' : undefined,
    }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

async function refuseUnlessAllowed(core: Core, caller: Caller, request: AddRequest): Promise<void> {
  const workspace = await core.stores.workspaces.get(caller.workspace);
  if (workspace?.mayAdd === 'admins' && !(await isAdmin(core, caller))) {
    const admins = await core.stores.workspaces.admins(caller.workspace);
    throw new ProblemError(addingRestricted(admins.map((admin) => admin.name)));
  }
  const today = dayIn('UTC', core.clock.now());
  if (request.from && request.from < addDays(today, -mostHistoryDays)) {
    throw new ProblemError(historyTooLong(daysApart(request.from, today), mostHistoryDays));
  }
  if (!request.name) return;
  const taken = (await core.stores.offers.list(caller.workspace)).find(
    (offer) => offer.name.toLowerCase() === request.name?.toLowerCase(),
  );
  if (taken) throw new ProblemError(nameTaken(taken.name, taken.number));
}

async function refuseTwice(core: Core, caller: Caller, fingerprint: string): Promise<void> {
  const known = await core.stores.offers.findByFingerprint(caller.workspace, fingerprint);
  if (known) throw new ProblemError(alreadyAdded(known.name));
}

/** The offers of the same programme that read these figures already. A new token makes the same Affilka report look new. */
async function countedAlreadyIn(
  core: Core,
  caller: Caller,
  host: string | null,
  probe: ProbeResult,
): Promise<Finding[]> {
  const read = probe.report?.rows.dimensions ?? [];
  const offers = await core.stores.offers.list(caller.workspace);
  for (const offer of offers.filter((known) => known.host === host)) {
    if (sharesFigures(await core.stores.figures.dimensions(offer.id), read)) {
      return [countedAlready(offer.name)];
    }
  }
  return [];
}

/** One brand names the offer; else the programme's host does. */
function defaultName(probe: ProbeResult, host: string | null): string {
  const brands = probe.report?.shape.brands ?? [];
  return (brands.length === 1 ? brands[0] : host) ?? 'Offer';
}
