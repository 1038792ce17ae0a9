import type { FigureField } from '../../src/figures.js';
import type { PlatformId } from '../../src/platforms/platform.js';

/** Ways to refuse a token. */
export const refusals = ['status-401', 'status-403', 'login-redirect', 'login-page', 'json-error'] as const;

/** Answers in place of the report. */
export const replacements = [
  ...refusals,
  'status-404',
  'status-429',
  'status-500',
  'status-502',
  'status-503',
  'foreign-redirect',
  'redirect-loop',
] as const;

/** What goes wrong on the wire. */
export const wireFaults = [
  'hang',
  'drip',
  'reset',
  'content-length-too-long',
  'content-length-too-short',
] as const;

/** What becomes of the report's bytes. */
export const byteFaults = [
  'cut-body',
  'empty-body',
  'gzip-bomb',
  'gzip-in-gzip',
  'huge-body',
  'wrong-charset',
  'latin1-body',
  'deep-json',
] as const;

/** Reports that are well-formed and wrong, or that a careless reader gets wrong. */
export const contentFaults = [
  'duplicate-rows',
  'totals-among-rows',
  'column-missing',
  'brand-grouping-gone',
  'mixed-currencies',
  'numbers-in-words',
  'other-date-format',
  'empty-report',
  'repeated-page',
  'endless-pages',
  'rows-outside-window',
] as const;

/** Other plausible shapes of a good report: a reader must see the same figures. */
export const variations = [
  'missing-total-pages',
  'unknown-cells',
  'cells-shuffled',
  'rows-as-objects',
  'money-as-text',
  'money-as-number',
  'money-as-cents',
  'no-relations',
  'small-pages',
] as const;

export type Refusal = (typeof refusals)[number];
export type FaultName =
  | (typeof replacements)[number]
  | (typeof wireFaults)[number]
  | (typeof byteFaults)[number]
  | (typeof contentFaults)[number]
  | (typeof variations)[number];

export interface FaultSettings {
  /** Only the next so many requests; without it all of them. */
  readonly next?: number;
  /** Lets so many requests pass first. */
  readonly after?: number;
  readonly platform?: PlatformId;
  readonly token?: string;
  /** For `status-429` and `status-503`: seconds, or an HTTP date. */
  readonly retryAfter?: number | string;
  /** For `small-pages`: into how many pages a report is cut. */
  readonly pages?: number;
  /** For `cut-body`: after a whole line, which shows nowhere. */
  readonly atLineEnd?: boolean;
  /** For `column-missing`; the default is `ngr`. */
  readonly column?: FigureField;
  /** For `drip`: milliseconds between two bytes. */
  readonly everyMs?: number;
  /** For `huge-body` and `gzip-bomb` (inflated). */
  readonly mebibytes?: number;
}

/** The faults that hit one request. */
export type ActiveFaults = ReadonlyMap<FaultName, FaultSettings>;

export interface Faults {
  set(name: FaultName, settings?: FaultSettings): void;
  /** Takes one fault away, or all. */
  clear(name?: FaultName): void;
  /** How a token that is not good is answered. */
  refuseWith(platform: PlatformId, refusal: Refusal): void;
}

/** The server's side of the switches. */
export interface FaultBoard extends Faults {
  /** The faults for a request that has arrived; counts it. */
  take(platform: PlatformId, token: string): ActiveFaults;
  refusalOf(platform: PlatformId): Refusal;
}

interface Rule {
  readonly settings: FaultSettings;
  after: number;
  next: number;
}

export function createFaults(): FaultBoard {
  const rules = new Map<FaultName, Rule>();
  const refusal: Record<PlatformId, Refusal> = { affilka: 'status-401', referon: 'status-403' };

  function strikes(rule: Rule, platform: PlatformId, token: string): boolean {
    const { settings } = rule;
    if (settings.platform && settings.platform !== platform) return false;
    if (settings.token && settings.token !== token) return false;
    if (rule.after > 0) {
      rule.after -= 1;
      return false;
    }
    rule.next -= 1;
    return rule.next >= 0;
  }

  return {
    set(name, settings = {}) {
      rules.set(name, {
        settings,
        after: settings.after ?? 0,
        next: settings.next ?? Number.POSITIVE_INFINITY,
      });
    },
    clear(name) {
      if (name) rules.delete(name);
      else rules.clear();
    },
    refuseWith(platform, name) {
      refusal[platform] = name;
    },
    refusalOf: (platform) => refusal[platform],
    take(platform, token) {
      const active = new Map<FaultName, FaultSettings>();
      for (const [name, rule] of rules) {
        if (strikes(rule, platform, token)) active.set(name, rule.settings);
      }
      return active;
    },
  };
}
