import type { Day } from '../dates.js';
import type { FigureField } from '../figures.js';
import type { Finding } from '../problems/problem.js';
import type { SourceRows } from '../source-rows.js';

export type PlatformId = 'affilka' | 'referon';

/** What the owner gave us: the report URL as cleaned text and, for Affilka's customer API, the token beside it. */
export interface ReportAccess {
  readonly url: string;
  readonly token?: string;
}

/** One page of one window. `ratesDate` is used where the report asks for conversion. */
export interface ReportQuery {
  readonly from: Day;
  readonly to: Day;
  readonly page: number;
  readonly ratesDate: Day;
}

export interface ReportRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a parser needs beside the bytes. */
export interface ParseContext {
  readonly query: ReportQuery;
  /** The currency that the owner stated, for platforms whose reports name none. */
  readonly currency: string | null;
}

/** A row that was left out, by its number in the source (from 1), and why. Bad rows that could hold figures are errors instead. */
export interface RowWarning {
  readonly row: number;
  readonly reason: string;
}

/** The rows as they stand on their page, before those of one key are added up. */
export interface PageLines {
  readonly rows: SourceRows;
  /** For each row the values of groupings finer than ours (promo, country, …), as one text; empty where there are none. */
  readonly finer: readonly string[];
  /** For each row a digest of all cells, those that are not read included: equal only for a row that is repeated cell by cell. */
  readonly texts: readonly string[];
}

/** What a source that pages says beside the rows, by which one sees whether its pages are one whole. */
export interface Paging {
  /** The page that the answer says it is; `null` where it says none. */
  readonly answered: number | null;
  /** Rows of the whole report and of a full page, as stated. */
  readonly totalRows: number | null;
  readonly perPage: number | null;
  /** The digest of every row of the answer, also of those that were dropped. */
  readonly given: readonly string[];
  readonly lines: PageLines;
}

/** One page as read. Rows outside the asked window are already dropped; rows of one key are already added up, or refused. */
export interface ReportPage {
  readonly rows: SourceRows;
  /** Rows in the source before anything was dropped; 0 means that the page is empty. */
  readonly sourceRows: number;
  readonly page: number;
  /** `null` where the source does not say: then read on until an empty or repeated page. Always 1 for one-file platforms. */
  readonly totalPages: number | null;
  /** Fields that the report has a column for; known only from a page with rows (or headings). */
  readonly present: readonly FigureField[];
  /** Groupings seen in the rows. */
  readonly groups: {
    readonly day: boolean;
    readonly brand: boolean;
    readonly campaign: boolean;
    readonly currency: boolean;
  };
  readonly warnings: readonly RowWarning[];
  /** Absent where one answer is the whole report beyond doubt. */
  readonly paging?: Paging;
}

/** What was changed by `mend`, one short sentence each ("Set page to 1."). */
export interface Mended {
  readonly url: string;
  readonly changes: readonly string[];
}

/** A URL with the findings it must give; feeds the contract test, the help and the docs. */
export interface PlatformExample {
  readonly name: string;
  readonly url: string;
  readonly codes: readonly string[];
}

/**
 * An affiliate platform: pure functions over URLs and bytes. Fetching, paging, waiting and storing belong to `sync`.
 * URLs are recognised by path and parameters, never by host.
 */
export interface Platform {
  readonly id: PlatformId;
  readonly label: string;
  /** True when path and parameters are those of this platform's report link (perhaps a faulty one). */
  recognises(url: URL): boolean;
  /** The finding for a page of this platform that is not its report link (a dashboard page, …); `null` for anything else. */
  otherPage(url: URL): Finding | null;
  /** Every finding at once, in the order a person would mend them. `today` bounds the dates. */
  check(access: ReportAccess, today: Day): readonly Finding[];
  /** Mends all that the URL decides; idempotent; never touches the token; the rest stays byte for byte. */
  mend(access: ReportAccess, today: Day): Mended;
  /** What to ask for one page of one window. */
  request(access: ReportAccess, query: ReportQuery): ReportRequest;
  /** True when the report asks for one currency, so that its figures depend on the exchange rates' day. */
  converts(access: ReportAccess): boolean;
  /** Where the account's own list of columns is asked for, where the platform has one. */
  attributesRequest?(access: ReportAccess): ReportRequest;
  /** Throws a `ProblemError` (`probe.unreadable`, `probe.login-page`, …) for whatever is not a report; never guesses a zero. */
  parse(body: Uint8Array, context: ParseContext): Promise<ReportPage>;
  /** The last four characters of the token, for people to recognise it; `null` where there is none. */
  tokenOf(access: ReportAccess): string | null;
  /** The whole token; hash it before it is stored or compared, never show it. */
  secretOf(access: ReportAccess): string | null;
  /** What makes two URLs the same report: host, account (token) and preset or filters, without window and paging. Holds the token: hash it before storing. */
  identityOf(access: ReportAccess): string;
  /** The preset or report name to show for "which URL". */
  reportNameOf(access: ReportAccess): string | null;
  /** The name of each of our fields in this platform's own words, for steps and tables. */
  readonly columnNames: Readonly<Partial<Record<FigureField, string>>>;
  /** How to replace a refused token, in the platform's own menu words. */
  readonly renewalSteps: readonly string[];
  readonly examples: readonly PlatformExample[];
}
