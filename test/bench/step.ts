import type { Span } from './load-pages.js';
import type { ChatPlaces } from './side-chat.js';

/** One thing that a side of the sync bench is told to do. */
export type Step =
  | {
      readonly do: 'open';
      readonly port: string;
      readonly offers: number;
      readonly platform: 'affilka' | 'referon';
      /** Syncs run in a thread of their own, as in the running bot. */
      readonly thread?: boolean;
      /** Where another process has prepared the offers. */
      readonly folder?: string;
      /** Slack and Discord over HTTP; the answer is the port that they speak to. */
      readonly chat?: { readonly places: ChatPlaces; readonly publicKey: string };
    }
  /** Adds the offers for another process; the answer is the folder. */
  | {
      readonly do: 'prepare';
      readonly port: string;
      readonly offers: number;
      readonly platform: 'affilka' | 'referon';
    }
  /** Lets one sync begin that is refused. */
  | { readonly do: 'refused'; readonly span: Span }
  | {
      readonly do: 'sync';
      readonly span: Span;
      readonly under: number;
      /** Only the offers from this one on, and before that one. */
      readonly part?: readonly [from: number, before: number];
    }
  | { readonly do: 'close' };

export interface StepAnswer {
  readonly ms: number;
  /** Processor time of the process, all threads: less moved by what else runs on the machine. */
  readonly cpuMs: number;
  /** Resident memory before. */
  readonly beforeMegabytes: number;
  /** The highest resident memory of the process so far. */
  readonly peakMegabytes: number;
}

/** Offers are spread over programmes, as in reality. */
const offersOfHost = 5;

/** The report link of an offer; each has a token of its own. Every address of 127.0.0.0/8 leads to the same server. */
export function loadLink(port: string, platform: 'affilka' | 'referon', offer: number): string {
  const host = Math.floor(offer / offersOfHost) + 1;
  const origin = `http://127.0.${host >> 8}.${host & 255}:${port}`;
  return platform === 'affilka' ? affilkaLink(origin, offer) : referonLink(origin, offer);
}

function affilkaLink(origin: string, offer: number): string {
  const groups = ['day', 'brand', 'campaign'].map((group) => `group_by[]=${group}`).join('&');
  return `${origin}/api/client/partner/report.json?from=2026-11-13&to=2026-11-19&period=custom&${groups}&token=test-token-${offer}&page=1`;
}

function referonLink(origin: string, offer: number): string {
  return `${origin}/statistic-service/report-preset/export?id=${offer}&token=test-token-${offer}&from=2026-11-13&to=2026-11-19&download=true`;
}

/** The link for a window, as a script would make it. */
export function windowLink(link: string, { from, to }: Span): string {
  return link.replace(/from=[^&]*/, `from=${from}`).replace(/to=[^&]*/, `to=${to}`);
}

/** Calls `work` for each link of a step's part, made for its window, with so many under way. */
export async function inParallel(
  links: readonly string[],
  { part, under, span }: Extract<Step, { do: 'sync' }>,
  work: (link: string, index: number) => Promise<void>,
): Promise<void> {
  const [from, before] = part ?? [0, links.length];
  let next = from;
  const lane = async () => {
    for (let index = next++; index < before; index = next++) {
      await work(windowLink(links[index] ?? '', span), index);
    }
  };
  await Promise.all(Array.from({ length: under }, lane));
}

export async function timed(work: () => Promise<unknown>): Promise<StepAnswer> {
  const beforeMegabytes = process.memoryUsage.rss() / 2 ** 20;
  const start = performance.now();
  const before = process.cpuUsage();
  await work();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  const peakMegabytes = process.resourceUsage().maxRSS / 1024;
  return { ms, cpuMs: (user + system) / 1000, beforeMegabytes, peakMegabytes };
}
