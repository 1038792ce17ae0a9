import { type Day, daysBetween } from '../src/dates.js';
import type { DayRecord, DayRecords, DayState } from '../src/sync/figure-store.js';

const states: Readonly<Record<string, DayState>> = { r: 'reported', a: 'absent', f: 'failed' };
const noInstant = '-'.repeat(24);
const dayLength = 10;
/** Day, a letter for its state, two instants. */
const length = dayLength + 1 + 2 * noInstant.length;

/** A day of `offer_days` as text of one length, for `string_agg`: rows of their own cost several times as much. */
export const packedDay = `day || substr(state, 1, 1) || coalesce(first_reported_at, '${noInstant}')
  || coalesce(read_at, '${noInstant}')`;

/** The place of each day in a window without gaps. */
export function placesOf(from: Day, to: Day): ReadonlyMap<Day, number> {
  return new Map(daysBetween(from, to).map((day, place) => [day, place]));
}

/** Throws for text that was not packed. */
export function unpackDays(packed: string, places: ReadonlyMap<Day, number>): DayRecords {
  if (packed.length % length !== 0) throw new RangeError('a stored day is not of the usual length');
  const text = inOrder(packed);
  const count = text.length / length;
  const offset = places.get(text.slice(0, dayLength)) ?? 0;
  const dayAt = (place: number) => text.slice(place * length, place * length + dayLength);
  const stateAt = (place: number) => states[text.charAt(place * length + dayLength)] ?? 'failed';
  const recordAt = (place: number): DayRecord => {
    const start = place * length + dayLength + 1;
    return {
      day: dayAt(place),
      state: stateAt(place),
      firstReportedAt: instant(text.slice(start, start + noInstant.length)),
      readAt: instant(text.slice(start + noInstant.length, start + 2 * noInstant.length)),
    };
  };
  let found: ReadonlyMap<Day, number> | null = null;
  const placeOf = (day: Day): number | undefined => {
    const guess = (places.get(day) ?? -1) - offset;
    if (guess >= 0 && text.startsWith(day, guess * length)) return guess;
    if (guess < 0) return undefined;
    found ??= new Map(Array.from({ length: count }, (_, place) => [dayAt(place), place]));
    return found.get(day);
  };
  return {
    stateOn(day) {
      const place = placeOf(day);
      return place === undefined ? null : stateAt(place);
    },
    on(day) {
      const place = placeOf(day);
      return place === undefined ? null : recordAt(place);
    },
    between(from, to) {
      const records: DayRecord[] = [];
      for (let place = 0; place < count; place += 1) {
        const day = dayAt(place);
        if (day >= from && day <= to) records.push(recordAt(place));
      }
      return records;
    },
  };
}

function instant(text: string): string | null {
  return text === noInstant ? null : text;
}

/** A database may put the days together as it found them. */
function inOrder(packed: string): string {
  const days = Array.from({ length: packed.length / length }, (_, place) => place * length);
  const isOrdered = days.every((start, place) => {
    const before = (place - 1) * length;
    return place === 0 || packed.slice(before, before + dayLength) < packed.slice(start, start + dayLength);
  });
  if (isOrdered) return packed;
  return days
    .map((start) => packed.slice(start, start + length))
    .sort()
    .join('');
}
