/** The least that reads a faultless Affilka page, for the sandbox's own tests. */
export interface AffilkaPage {
  readonly rows: {
    readonly data: readonly (readonly { name: string; value: unknown; type: string }[])[];
  };
  readonly totals: { readonly data: readonly (readonly { name: string; value: unknown }[])[] };
  readonly relations: { readonly brands: readonly { id: number; name: string }[] };
  readonly current_page: number;
  readonly total_pages: number;
  readonly current_per_page: number;
  readonly total_count: number;
}

export async function readPage(url: string, headers: Record<string, string> = {}): Promise<AffilkaPage> {
  const response = await fetch(url, { headers });
  if (response.status !== 200) throw new Error(`answered ${response.status}`);
  return (await response.json()) as AffilkaPage;
}

/** A row's cells as one object. */
export function cellsOf(row: readonly { name: string; value: unknown }[]): Record<string, unknown> {
  return Object.fromEntries(row.map((cell) => [cell.name, cell.value]));
}

/** All pages of a link, one after the other. */
export async function readAllRows(url: string): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  for (let page = 1; page <= 200; page += 1) {
    const report = await readPage(url.replace(/page=\d+/, `page=${page}`));
    rows.push(...report.rows.data.map(cellsOf));
    if (page >= report.total_pages) return rows;
  }
  throw new Error('more than 200 pages');
}
