import { parseArgs } from 'node:util';
import { fuzzMutatedLines, fuzzWrittenOptions } from './command-lines.js';
import { fuzzLinks } from './links.js';
import { fuzzMoney } from './money.js';
import { fuzzReports, newTally } from './mutated-reports.js';
import { fuzzOutbox } from './outbox-model.js';
import { fuzzSchedules } from './schedules.js';

/** Reports that are tried before a line tells how far it is. */
const slice = 25_000;

const { values } = parseArgs({
  options: {
    /** How many reports; the other parts take a share of it. */
    runs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string' },
    minutes: { type: 'string', default: '600' },
  },
});
const runs = Number(values.runs);
const seed = Number(values.seed);
const endsAt = Date.now() + Number(values.minutes) * 60_000;

async function reports(): Promise<string> {
  const all = newTally();
  for (let part = 0; all.reports < runs && Date.now() < endsAt; part += 1) {
    const tally = await fuzzReports(Math.min(slice, runs - all.reports), seed + part, false);
    all.reports += tally.reports;
    all.refused += tally.refused;
    all.equal += tally.equal;
    all.unjudged += tally.unjudged;
    all.slowestMs = Math.max(all.slowestMs, tally.slowestMs);
    all.failures.push(...tally.failures);
    console.log(`  ${all.reports} reports, ${all.failures.length} failures`);
  }
  for (const { kind, what, text } of all.failures.slice(0, 20)) {
    console.log(`${kind}: ${what}\n${JSON.stringify(text)}`);
  }
  const count = (kind: string) => all.failures.filter((failure) => failure.kind === kind).length;
  if (all.failures.length > 0) process.exitCode = 1;
  return (
    `${all.reports} mutated reports: ${count('crash')} crashes, ${count('hang')} hangs over 1 s, ${count('wrong')} wrong sums in silence; ` +
    `${all.refused} refused, ${all.equal} read with the sums that the text says, ${all.unjudged} not judged; slowest ${Math.round(all.slowestMs)} ms`
  );
}

const share = (part: number) => Math.max(100, Math.round(runs * part));
const parts: Readonly<Record<string, () => Promise<string>>> = {
  links: async () => `${fuzzLinks(share(0.2), seed)} mutated links checked and mended`,
  lines: async () =>
    `${fuzzMutatedLines(share(0.2), seed) + fuzzWrittenOptions(share(0.02), seed)} command lines`,
  money: async () => `${fuzzMoney(share(0.2), seed)} amounts`,
  schedules: async () => `${fuzzSchedules(share(0.002), seed)} histories of a clock`,
  outbox: async () => `${await fuzzOutbox(share(0.002), seed)} messages in histories of an outbox`,
  reports,
};

console.log(`seed ${seed}`);
for (const [name, part] of Object.entries(parts)) {
  if (values.only !== undefined && values.only !== name) continue;
  const start = Date.now();
  try {
    console.log(`${name}: ${await part()} (${Math.round((Date.now() - start) / 1000)} s)`);
  } catch (error) {
    process.exitCode = 1;
    console.log(`${name} failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}
