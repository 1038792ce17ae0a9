import type { Day, Instant } from '../dates.js';
import type { Offer, OfferShape } from '../offers/offer.js';
import type { Window } from './windows.js';

/** The last good run of an offer, where its report came in one answer. */
export interface LastReading {
  readonly window: Window;
  /** Of the answer's bytes. */
  readonly digest: string;
  readonly runId: number;
  readonly at: Instant;
  readonly rows: number;
  /** The newest day that has rows. */
  readonly newest: Day | null;
  /** `null` for a report without rows. */
  readonly shape: OfferShape | null;
  /** A new link or currency may give the same bytes another meaning. */
  readonly sealedUrl: string;
  readonly currency: string | null;
}

/**
 * What was read last, for as long as the process lives: an answer that is the same byte for byte needs neither parsing
 * nor comparing. It is only a short cut: nothing is lost with it.
 */
export interface LastReadings {
  /** The last reading of the same link and window, if any. */
  of(offer: Offer, window: Window): LastReading | null;
  keep(offerId: number, reading: LastReading): void;
  forget(offerId: number): void;
}

/** An entry takes about half a kilobyte. */
const mostKept = 20_000;

export function createLastReadings(): LastReadings {
  const kept = new Map<number, LastReading>();
  return {
    of(offer, { from, to }) {
      const last = kept.get(offer.id);
      if (!last || last.window.from !== from || last.window.to !== to) return null;
      return last.sealedUrl === offer.sealedUrl && last.currency === offer.currency ? last : null;
    },
    keep(offerId, reading) {
      if (kept.size >= mostKept) kept.clear();
      kept.set(offerId, reading);
    },
    forget: (offerId) => void kept.delete(offerId),
  };
}
