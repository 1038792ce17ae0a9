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
}

/**
 * What was read last, for as long as the process lives: an answer that is the same byte for byte needs neither parsing
 * nor comparing. It is only a short cut: nothing is lost with it.
 */
export interface LastReadings {
  /** The last reading of the same link and window, if any. */
  of(offer: Offer, window: Window): LastReading | null;
  keep(offer: Offer, reading: LastReading): void;
  forget(offerId: number): void;
}

/** A new link or currency may give the same bytes another meaning. */
interface KeptReading extends LastReading {
  readonly link: string;
  readonly currency: string | null;
}

/** An entry takes about a third of a kilobyte. */
const mostKept = 20_000;

export function createLastReadings(): LastReadings {
  const kept = new Map<number, KeptReading>();
  /** Most offers have one of few windows and shapes: one of each is enough for all. */
  const known = new Map<string, unknown>();
  const oneOf = <Value>(value: Value): Value => {
    const text = JSON.stringify(value);
    if (!known.has(text)) known.set(text, value);
    return known.get(text) as Value;
  };
  return {
    of(offer, { from, to }) {
      const last = kept.get(offer.id);
      if (!last || last.window.from !== from || last.window.to !== to) return null;
      return last.link === endOf(offer.sealedUrl) && last.currency === offer.currency ? last : null;
    },
    keep(offer, reading) {
      if (kept.size >= mostKept) {
        kept.clear();
        known.clear();
      }
      const { window, shape } = reading;
      const shared = { window: oneOf(window), shape: oneOf(shape) };
      const { sealedUrl, currency } = offer;
      kept.set(offer.id, { ...reading, ...shared, link: endOf(sealedUrl), currency });
    },
    forget: (offerId) => void kept.delete(offerId),
  };
}

/** Of a sealed text the end of its seal: no two have the same. A longer piece would keep the whole text alive. */
function endOf(sealed: string): string {
  return sealed.slice(-12);
}
