import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runDemo } from './tour.js';

const folder = await mkdtemp(join(tmpdir(), 'tallyman-demo-'));
try {
  process.exitCode = await runDemo(folder);
} finally {
  await rm(folder, { recursive: true, force: true });
}
