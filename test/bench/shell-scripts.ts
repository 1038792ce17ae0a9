import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { usualColumns } from '../sandbox/affilka-columns.js';

const amounts = ['first_deposits_sum', 'deposits_sum', 'ngr', 'partner_income', 'fixed_per_player'];
const keys = ['offer', 'day', 'brand', 'campaign', 'currency'];

/** Each row of a report as a line of CSV that begins with the offer. */
function filterOf(offer: string): string {
  const figures = usualColumns.map((name) => (amounts.includes(name) ? `.${name}.amount` : `.${name}`));
  const cells = [offer, '.date[:10]', '.brand_id', '.campaign_id', '.currency', ...figures];
  return `.rows.data[] | from_entries | [${cells.join(', ')}] | @csv`;
}

const table = `create table figures (offer integer, day text, brand text, campaign text, currency text,
  ${usualColumns.map((name) => `${name} real`).join(', ')}, primary key (${keys.join(', ')}));`;
const read = 'create temp table read as select * from figures limit 0;';
/** An empty cell is a figure that is not there. */
const upsert = `insert into figures select ${keys.join(', ')}, ${usualColumns
  .map((name) => `nullif(${name}, '')`)
  .join(', ')} from read where true
  on conflict do update set ${usualColumns.map((name) => `${name} = excluded.${name}`).join(', ')};`;

const loop = `#!/bin/bash
set -euo pipefail
sqlite3 figures.db 'pragma journal_mode = wal' '${table}' > /dev/null
while read -r offer url; do
  curl -sS --fail --globoff "$url" |
    jq -r --argjson offer "$offer" '${filterOf('$offer')}' |
    sqlite3 figures.db "${read}" '.import --csv --schema temp /dev/stdin read' "${upsert}"
done < links.txt
`;

const tuned = `#!/bin/bash
set -euo pipefail
awk '{ print "url = \\"" $2 "\\"\\noutput = \\"" $1 ".json\\"" }' links.txt > links.curl
curl -sS --fail --globoff --parallel --parallel-max 8 --config links.curl
jq -r '${filterOf('(input_filename | rtrimstr(".json") | tonumber)')}' *.json > rows.csv
sqlite3 figures.db > /dev/null <<'END'
pragma journal_mode = wal;
${table}
begin;
${read}
.import --csv --schema temp rows.csv read
${upsert}
commit;
END
`;

/**
 * What a competent person types instead of a bot: curl, jq and sqlite3, one offer after the other, and the same tuned, with
 * every program started once. They make none of our promises.
 */
export function writeScripts(folder: string, links: readonly string[]): void {
  writeFileSync(join(folder, 'loop.sh'), loop);
  writeFileSync(join(folder, 'tuned.sh'), tuned);
  writeFileSync(join(folder, 'links.txt'), links.map((link, index) => `${index} ${link}\n`).join(''));
}
