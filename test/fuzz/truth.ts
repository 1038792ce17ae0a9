import type { Sums } from './sums.js';

/**
 * What a careful reader makes of a text: its sums, nothing (then it must be refused), or no certain answer (then the
 * oracle does not judge; how often that was is told).
 */
export type Truth =
  | { readonly kind: 'sums'; readonly sums: Sums }
  | { readonly kind: 'none'; readonly why: string }
  | { readonly kind: 'unsure'; readonly why: string };

/** Thrown inside an oracle to end with `none` or `unsure`. */
export class Verdict extends Error {
  constructor(
    readonly kind: 'none' | 'unsure',
    readonly why: string,
  ) {
    super(why);
  }
}

export function none(why: string): never {
  throw new Verdict('none', why);
}

export function unsure(why: string): never {
  throw new Verdict('unsure', why);
}

export function judge(read: () => Sums): Truth {
  try {
    return { kind: 'sums', sums: read() };
  } catch (error) {
    if (error instanceof Verdict) return { kind: error.kind, why: error.why };
    throw error;
  }
}

export const totalWord = /^(grand|sub|overall)?[\s-]?totals?\s*:?$|^(sum|summary|итого|всего)\s*:?$/i;
const blankWords = ['', '-', '–', '—', '−', 'n/a', 'na', 'null', 'none', 'nil'];

export function isBlankWord(text: string): boolean {
  return blankWords.includes(text.trim().toLowerCase());
}

/** A calendar day, `null` for what is none. */
export function realDay(year: string, month: string, day: string): string | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : null;
}

export function codeOf(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed === '-' || /^n\/?a$/i.test(trimmed)) return 'N/A';
  if (/^[a-z]{3,5}$/.test(trimmed)) return trimmed.toUpperCase();
  if (!/^[A-Za-z0-9][A-Za-z0-9._/-]{1,15}$/.test(trimmed)) none(`currency ${trimmed}`);
  return trimmed;
}
