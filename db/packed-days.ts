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

/** The days of a window without gaps, with their places in it. */
export interface Calendar {
  readonly days: readonly Day[];
  readonly places: ReadonlyMap<Day, number>;
}

export function calendarOf(from: Day, to: Day): Calendar {
  const days = daysBetween(from, to);
  return { days, places: new Map(days.map((day, place) => [day, place])) };
}

/** The days that were packed, in the order of the calendar. Throws for text that was not packed. */
export function unpackRecords(packed: string): DayRecord[] {
  refuseOtherLength(packed);
  const records = Array.from({ length: packed.length / length }, (_, place) => recordAt(packed, place));
  // A database may put the days together as it found them.
  return records.sort((one, other) => (one.day < other.day ? -1 : 1));
}

/** Throws for text that was not packed. */
export function unpackDays(packed: string, calendar: Calendar): DayRecords {
  refuseOtherLength(packed);
  const count = packed.length / length;
  const first = calendar.places.get(packed.slice(0, dayLength)) ?? 0;
  const isWhole = isRunOfDays(packed, calendar, first);
  // A database may put the days together as it found them.
  const text = isWhole ? packed : parts(packed).sort().join('');
  const days = isWhole ? calendar.days : parts(text).map((part) => part.slice(0, dayLength));
  const offset = isWhole ? first : 0;
  const places = isWhole ? calendar.places : new Map(days.map((day, place) => [day, place]));

  const placeOf = (day: Day) => (places.get(day) ?? -1) - offset;
  const isThere = (place: number) => place >= 0 && place < count;
  return {
    stateOn(day) {
      const place = placeOf(day);
      return isThere(place) ? stateAt(text, place) : null;
    },
    on(day) {
      const place = placeOf(day);
      return isThere(place) ? recordAt(text, place) : null;
    },
    between(from, to) {
      const records: DayRecord[] = [];
      for (let place = 0; place < count; place += 1) {
        const day = days[offset + place] ?? '';
        if (day >= from && day <= to) records.push(recordAt(text, place));
      }
      return records;
    },
    firstReportedAfter(at, to) {
      return days.slice(offset, offset + count).filter((day, place) => {
        const first = instantAt(text, place * length + dayLength + 1);
        return day <= to && first !== null && first > at;
      });
    },
  };
}

function refuseOtherLength(packed: string): void {
  if (packed.length % length !== 0) throw new RangeError('a stored day is not of the usual length');
}

function stateAt(text: string, place: number): DayState {
  return states[text.charAt(place * length + dayLength)] ?? 'failed';
}

function recordAt(text: string, place: number): DayRecord {
  const start = place * length;
  const firstAt = start + dayLength + 1;
  return {
    day: text.slice(start, start + dayLength),
    state: stateAt(text, place),
    firstReportedAt: instantAt(text, firstAt),
    readAt: instantAt(text, firstAt + noInstant.length),
  };
}

/** The rule: no day is missing from the first to the last, and they are in order. */
function isRunOfDays(packed: string, { days }: Calendar, first: number): boolean {
  const count = packed.length / length;
  for (let place = 0; place < count; place += 1) {
    const day = days[first + place];
    if (day === undefined || !packed.startsWith(day, place * length)) return false;
  }
  return true;
}

function parts(packed: string): string[] {
  return Array.from({ length: packed.length / length }, (_, place) =>
    packed.slice(place * length, (place + 1) * length),
  );
}

function instantAt(text: string, start: number): string | null {
  return text.startsWith('-', start) ? null : text.slice(start, start + noInstant.length);
}
