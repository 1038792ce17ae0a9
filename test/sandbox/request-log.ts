import type { Instant } from '../../src/dates.js';

/** One request as it arrived; `status` is what it was answered with, `null` while open or when it was cut off. */
export interface LoggedRequest {
  readonly at: Instant;
  readonly path: string;
  readonly token: string;
  readonly params: Readonly<Record<string, readonly string[]>>;
  readonly userAgent: string;
  status: number | null;
}

export interface RequestLog {
  readonly entries: readonly LoggedRequest[];
  /** All requests ever, also those beyond what `entries` keeps. */
  readonly total: number;
  /** The most requests that were open at one moment: in all, and for the busiest token. */
  readonly peak: number;
  readonly peakPerToken: number;
  /** Requests open for a token now. */
  open(token: string): number;
  clear(): void;
}

/** The server's side of the log. */
export interface RequestCounter extends RequestLog {
  /** Logs an arrival; call the answer once, when the last byte is about to leave or the connection is gone. */
  begin(request: Omit<LoggedRequest, 'status'>): (status: number | null) => void;
}

const kept = 100_000;

export function createRequestLog(): RequestCounter {
  const entries: LoggedRequest[] = [];
  const openByToken = new Map<string, number>();
  let openNow = 0;
  const figures = { total: 0, peak: 0, peakPerToken: 0 };

  return {
    entries,
    get total() {
      return figures.total;
    },
    get peak() {
      return figures.peak;
    },
    get peakPerToken() {
      return figures.peakPerToken;
    },
    open: (token) => openByToken.get(token) ?? 0,
    clear() {
      entries.length = 0;
      Object.assign(figures, { total: 0, peak: openNow, peakPerToken: Math.max(0, ...openByToken.values()) });
    },
    begin(request) {
      const entry: LoggedRequest = { ...request, status: null };
      if (entries.length < kept) entries.push(entry);
      const ofToken = (openByToken.get(request.token) ?? 0) + 1;
      openByToken.set(request.token, ofToken);
      openNow += 1;
      figures.total += 1;
      figures.peak = Math.max(figures.peak, openNow);
      if (request.token) figures.peakPerToken = Math.max(figures.peakPerToken, ofToken);
      let ended = false;
      return (status) => {
        if (ended) return;
        ended = true;
        entry.status = status;
        openNow -= 1;
        const left = (openByToken.get(request.token) ?? 1) - 1;
        if (left === 0) openByToken.delete(request.token);
        else openByToken.set(request.token, left);
      };
    },
  };
}
