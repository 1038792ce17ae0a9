import { parseArgs } from 'node:util';
import { killOrdeal } from './kill-ordeal.js';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: 'tallyman' },
    kills: { type: 'string', default: '200' },
    rate: { type: 'string', default: '60' },
  },
});

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function brief(value: unknown): unknown {
  return Array.isArray(value)
    ? `${value.length}${value.length > 0 ? `: ${value.slice(0, 6).join(' | ')}` : ''}`
    : value;
}

const kills = Number(values.kills);
say(`seed ${values.seed}, ${kills} kills, ${Number(values.rate) / 60} simulated minutes a second`);
const found = await killOrdeal({ seed: values.seed, kills, rate: Number(values.rate), say });
for (const [name, value] of Object.entries(found)) say(`  ${name}: ${brief(value)}`);
const bad = [
  found.lost,
  found.doubled,
  found.stale,
  found.halfStored,
  found.behind,
  found.stuck,
  found.ownFaults,
];
process.exitCode = bad.every((list) => list.length === 0) && found.integrity === 'ok' ? 0 : 1;
