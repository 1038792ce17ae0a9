import { addMilliseconds, fromInstant, type Instant, toInstant } from '../dates.js';

const hour = 3_600_000;

/** Spreads offers over the hour: each has its own minute, the same every hour, so that no host gets all of them at once. */
export function nextHourly(offerId: number, now: Instant): Instant {
  // Multiplying by a large odd number spreads neighbouring ids over the whole hour (Knuth's multiplicative hashing).
  const offset = (Math.imul(offerId, 2_654_435_761) >>> 0) % hour;
  const start = Math.floor((fromInstant(now) - offset) / hour) * hour + offset;
  return toInstant(start + hour);
}

/** After a problem that will not pass by itself, look again only now and then: the owner has been told. */
export function nextAfterRefusal(now: Instant, refusals: number): Instant {
  return addMilliseconds(now, refusals <= 1 ? 6 * hour : 24 * hour);
}
