import { parseArgs } from 'node:util';
import type { Findings } from './compare.js';
import { daysOrdeal } from './days-ordeal.js';
import { failPointOrdeal } from './fail-point-ordeal.js';
import { killOrdeal } from './kill-ordeal.js';
import { lostAnswersOrdeal } from './lost-answers-ordeal.js';
import { machineOrdeals } from './machine-ordeals.js';
import { postgresOrdeal } from './postgres-ordeal.js';
import { threadsOrdeal } from './threads-ordeal.js';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: 'tallyman' },
    kills: { type: 'string', default: '1000' },
    /** Simulated seconds in a real one. */
    rate: { type: 'string', default: '60' },
    /** Lost answers on each of Slack and Discord. */
    answers: { type: 'string', default: '1000' },
    /** Simulated days of one life with random faults; fewer than 90, after which what was said is cleared away. */
    days: { type: 'string', default: '30' },
    /** Threads that die alone in one life. */
    deaths: { type: 'string', default: '100' },
    /** `kills`, `threads`, `points`, `machines`, `answers`, `days` or `postgres`; everything when left out. */
    only: { type: 'string' },
    /** Of the machines, only those whose name has these words. */
    name: { type: 'string', default: '' },
  },
});
const { seed, only } = values;
/** Of the heap's last third over its middle third. */
const mostGrowth = 1.1;
let isWell = true;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function judge(found: Findings): void {
  for (const [name, value] of Object.entries(found)) {
    if (name !== 'points') say(`  ${name.padEnd(14)} ${Array.isArray(value) ? listed(value) : value}`);
  }
  const { lost, doubled, stale, halfStored, behind, stuck, ownFaults, complaints, integrity } = found;
  const faults = [lost, doubled, stale, halfStored, behind, stuck, ownFaults, complaints].flat();
  if (faults.length > 0 || integrity !== 'ok') isWell = false;
}

function listed(value: readonly unknown[]): string {
  return value.length === 0 ? '0' : `${value.length}: ${value.slice(0, 40).join(' | ')}`;
}

if (only === undefined || only === 'points') {
  say(`Fail points, seed ${seed}`);
  const found = await failPointOrdeal(seed, say);
  judge(found);
  if (found.points.some(({ result }) => !result.endsWith('integrity ok'))) isWell = false;
}
if (only === undefined || only === 'machines') {
  say(`Machines, seed ${seed}`);
  if (!(await machineOrdeals(seed, say, values.name))) isWell = false;
}
if (only === undefined || only === 'days') {
  say(`${values.days} days of one life, seed ${seed}`);
  const found = await daysOrdeal(seed, Number(values.days), say);
  judge(found);
  if (found.growth > mostGrowth) isWell = false;
}
if (only === undefined || only === 'answers') {
  say(`${values.answers} lost answers on each product, seed ${seed}`);
  for (const { surface, messages, lostAnswers, missing, doubled } of await lostAnswersOrdeal(
    seed,
    Number(values.answers),
    say,
  )) {
    say(`  ${surface}: ${messages} messages, ${lostAnswers} answers lost`);
    say(`    missing ${listed(missing)}, doubled ${listed(doubled)}`);
    if (missing.length + doubled.length > 0) isWell = false;
  }
}
if (only === undefined || only === 'kills') {
  const kills = Number(values.kills);
  const rate = Number(values.rate);
  say(
    `${kills} random kills of a bot with its threads, seed ${seed}, ${rate} simulated seconds in a real one`,
  );
  judge(await killOrdeal({ seed, kills, rate, say }));
}
if (only === undefined || only === 'threads') {
  const deaths = Number(values.deaths);
  const rate = Number(values.rate);
  say(`${deaths} threads that die alone in one life, seed ${seed}`);
  judge(await threadsOrdeal({ seed, deaths, rate, say }));
}
if (only === undefined || only === 'postgres') {
  const kills = Number(values.kills);
  say(`${kills} random kills of three workers and two web processes on Postgres, seed ${seed}`);
  judge(await postgresOrdeal({ seed, kills, say }));
}
say(isWell ? 'All well.' : 'NOT well.');
process.exitCode = isWell ? 0 : 1;
