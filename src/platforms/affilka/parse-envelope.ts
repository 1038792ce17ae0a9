import { z } from 'zod';
import { badField, noRowList, tooManyRows } from '../../problems/unreadable-report.js';
import { mostRows } from '../limits.js';
import { nameText } from '../name-text.js';

/** Names by id, from `relations`. */
export type Names = ReadonlyMap<string, string>;

export interface Envelope {
  readonly rows: readonly unknown[];
  readonly brands: Names;
  readonly campaigns: Names;
  readonly page: number | null;
  readonly totalPages: number | null;
  readonly totalRows: number | null;
  readonly perPage: number | null;
}

const envelope = z.looseObject({
  rows: z.unknown(),
  relations: z
    .looseObject({ brands: z.unknown().optional(), campaigns: z.unknown().optional() })
    .nullish()
    .catch(null),
  current_page: z.unknown().optional(),
  total_pages: z.unknown().optional(),
  total_count: z.unknown().optional(),
  current_per_page: z.unknown().optional(),
});

const related = z.looseObject({ id: z.union([z.string(), z.number()]), name: z.string() });

/** The list of rows: `rows.data`, or `rows` itself. */
export function rowList(json: unknown): readonly unknown[] | null {
  const rows = typeof json === 'object' && json !== null && 'rows' in json ? json.rows : null;
  if (Array.isArray(rows)) return rows;
  const data = typeof rows === 'object' && rows !== null && 'data' in rows ? rows.data : null;
  return Array.isArray(data) ? data : null;
}

function namesById(list: unknown): Names {
  const names = new Map<string, string>();
  if (!Array.isArray(list)) return names;
  for (const entry of list) {
    const { data } = related.safeParse(entry);
    if (data && nameText(data.name) !== '') names.set(nameText(data.id), nameText(data.name));
  }
  return names;
}

/** A page number, also as text; `null` where there is none. */
function pageNumber(value: unknown, field: string): number | null {
  if (value === undefined || value === null || value === '') return null;
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 0) {
    throw badField(field, value);
  }
  return number;
}

export function parseEnvelope(json: unknown): Envelope {
  const rows = rowList(json);
  const { data } = envelope.safeParse(json);
  if (rows === null || data === undefined) throw noRowList();
  if (rows.length > mostRows) throw tooManyRows(mostRows);
  return {
    rows,
    brands: namesById(data.relations?.brands),
    campaigns: namesById(data.relations?.campaigns),
    page: pageNumber(data.current_page, 'current_page'),
    totalPages: pageNumber(data.total_pages, 'total_pages'),
    totalRows: pageNumber(data.total_count, 'total_count'),
    perPage: pageNumber(data.current_per_page, 'current_per_page'),
  };
}
