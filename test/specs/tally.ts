import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What one test had judged. */
export interface Tally {
  /** Bodies of each surface and endpoint: `slack chat.postMessage`. */
  readonly bodies: Readonly<Record<string, number>>;
  readonly public: number;
  readonly leaks: number;
}

/** Where the workers of one run leave their tallies; set by the run, and inherited. */
const folderVariable = 'SPECS_TALLIES';

export function leaveTally(tally: Tally): void {
  const folder = process.env[folderVariable];
  if (folder) appendFileSync(join(folder, `${process.pid}.jsonl`), `${JSON.stringify(tally)}\n`);
}

export function collectTallies(folder: string): Tally[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n'))
    .map((line) => JSON.parse(line) as Tally);
}

export function openTallies(folder: string): void {
  process.env[folderVariable] = folder;
}
