import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { slackSchemasVariable } from './judge-of.js';
import { slackSchemas } from './slack-schema.js';
import { specsFolder } from './specs-folder.js';
import { collectTallies, openTallies } from './tally.js';
import { verdict } from './verdict.js';

/** Before and after a run in which every body is judged by schema: what the workers need, and what they found. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'tallyman-specs-'));
  const schemas = join(folder, 'slack-schemas.json');
  writeFileSync(schemas, JSON.stringify(slackSchemas(resolve(import.meta.dirname, '../..'))));
  process.env[slackSchemasVariable] = schemas;
  openTallies(folder);
  return () => {
    for (const line of verdict(collectTallies(folder), specsFolder !== null)) console.log(line);
    rmSync(folder, { recursive: true, force: true });
  };
}
