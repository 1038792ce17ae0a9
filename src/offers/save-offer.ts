import type { Caller } from '../command.js';
import { addDays, type Day, dayIn } from '../dates.js';
import type { ChannelRef } from '../options.js';
import type { Platform, ReportAccess } from '../platforms/platform.js';
import type { Core, Stores } from '../ports.js';
import { nextHourly } from '../sync/next-sync.js';
import { queueBackfill } from '../sync/queue-sync.js';
import type { Offer } from './offer.js';

const defaultHistoryDays = 90;
export const mostHistoryDays = 800;

export interface OfferDraft {
  readonly platform: Platform;
  readonly access: ReportAccess;
  readonly name: string;
  readonly currency: string | null;
  readonly channel: ChannelRef;
  readonly historyFrom: Day;
}

export function defaultHistoryFrom(core: Core): Day {
  return addDays(dayIn('UTC', core.clock.now()), 1 - defaultHistoryDays);
}

/** Saves an offer sealed and puts its back-fill in the queue, both or neither. */
export async function saveOffer(core: Core, caller: Caller, draft: OfferDraft): Promise<Offer> {
  const now = core.clock.now();
  const { platform, access } = draft;
  return core.stores.transaction(async (stores) => {
    const offer = await stores.offers.add(
      {
        workspace: caller.workspace,
        name: draft.name,
        platform: platform.id,
        host: new URL(access.url).host,
        ...linkMarks(core, platform, access),
        tokenTail: platform.tokenOf(access) ?? '',
        reportName: platform.reportNameOf(access),
        currency: draft.currency,
        ownerId: caller.user.id,
        ownerName: caller.user.name,
        channelId: draft.channel.id,
        channelName: draft.channel.name,
        historyFrom: draft.historyFrom,
        createdAt: now,
        nextSyncAt: now,
      },
      (id) => sealAccess(core, caller.workspace, id, access),
    );
    const nextSyncAt = nextHourly(offer.id, now);
    await stores.offers.change(offer.id, { nextSyncAt });
    await queueBackfill(stores, offer, now);
    return { ...offer, nextSyncAt };
  });
}

/** What lets us recognise the same report and the same token without keeping either in clear. */
export function linkMarks(
  core: Core,
  platform: Platform,
  access: ReportAccess,
): Pick<Offer, 'fingerprint' | 'tokenFingerprint'> {
  return {
    fingerprint: core.vault.fingerprint(platform.identityOf(access)),
    tokenFingerprint: core.vault.fingerprint(platform.secretOf(access) ?? access.url),
  };
}

export function sealAccess(core: Core, workspace: string, id: number, access: ReportAccess): string {
  return core.vault.seal(JSON.stringify(access), {
    workspace,
    table: 'offers',
    row: String(id),
    column: 'url',
  });
}

export function openAccess(core: Core, offer: Offer): ReportAccess {
  const place = { workspace: offer.workspace, table: 'offers', row: String(offer.id), column: 'url' };
  return JSON.parse(core.vault.open(offer.sealedUrl, place)) as ReportAccess;
}

/** A name that no other offer has: the wanted one, else with a number behind it. */
export async function freeName(stores: Stores, workspace: string, wanted: string): Promise<string> {
  const taken = new Set((await stores.offers.list(workspace)).map((offer) => offer.name.toLowerCase()));
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted} ${number}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}
