import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { benchAcks } from './ack-bench.js';
import { benchChart } from './chart-bench.js';
import { benchLarge } from './large-bench.js';
import { benchCsv, benchSlow } from './other-sync-benches.js';
import { benchPostgres } from './postgres-bench.js';
import { benchRead } from './read-bench.js';
import { benchScale } from './scale-bench.js';
import { benchShell } from './shell-bench.js';
import { benchStart } from './start-bench.js';
import { benchSync } from './sync-bench.js';
import { type Line, tableText } from './table.js';

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    only: { type: 'string' },
    offers: { type: 'string' },
    rows: { type: 'string' },
    rounds: { type: 'string' },
  },
});
const rounds = Number(values.rounds ?? (values.full ? 7 : 5));
const offers = Number(values.offers ?? (values.full ? 500 : 150));

const sections: Readonly<Record<string, () => Promise<Line[]>>> = {
  sync: () => benchSync({ offers, rounds, under: 8 }),
  slow: () => benchSlow(Math.min(offers, 64), Math.min(rounds, 3)),
  shell: () => benchShell(values.full ? 200 : 60, Math.min(rounds, 3)),
  scale: () => benchScale(values.full ? [100, 1000, 10_000] : [100, 1000]),
  large: () => benchLarge(values.full ? 1000 : 200),
  acks: () => benchAcks(values.full ? 1000 : Math.min(1000, offers * 4)),
  csv: () => benchCsv(Math.min(offers, 100), Math.min(rounds, 3)),
  read: () => benchRead(Number(values.rows ?? (values.full ? 16_000_000 : 1_000_000)), Math.min(rounds, 3)),
  chart: () => benchChart(rounds),
  start: () => benchStart(rounds),
  postgres: () => benchPostgres(offers),
};

const measured: Record<string, Line[]> = {};
for (const [name, section] of Object.entries(sections)) {
  if (values.only !== undefined && !values.only.split(',').includes(name)) continue;
  measured[name] = await section();
  console.log(`\n${name}\n${tableText(measured[name] ?? [])}`);
}
const at = new Date().toISOString();
const machine = {
  node: process.version,
  processors: cpus().length,
  memoryMegabytes: Math.round(totalmem() / 2 ** 20),
};
writeFileSync(
  `bench-${at.replaceAll(':', '-')}.json`,
  `${JSON.stringify({ at, machine, offers, rounds, measured }, null, 2)}\n`,
);
