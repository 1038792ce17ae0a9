import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { onTestFinished } from 'vitest';
import { createChartRenderer } from '../../adapters/chart/chart-renderer.js';
import { createTerminalMessenger } from '../../adapters/terminal/messenger.js';
import { createScreen } from '../../adapters/terminal/screen.js';
import { startTerminal } from '../../adapters/terminal/terminal.js';
import { ann, fakeDispatch } from './fake-dispatch.js';

/** A terminal on real streams with a planned dispatch behind it. */
export function withTerminal(given: { readonly json?: boolean; readonly interactive?: boolean } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'tallyman-terminal-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const input = new PassThrough();
  const output = Object.assign(new PassThrough(), { columns: 80 });
  const errorOutput = new PassThrough();
  const dispatch = fakeDispatch();
  const screen = createScreen({
    output,
    errorOutput,
    json: given.json ?? false,
    interactive: given.interactive ?? false,
    colour: false,
    filesFolder: join(folder, 'files'),
    charts: createChartRenderer(),
  });
  const historyFile = join(folder, 'data', 'history');
  let raw = '';
  let errors = '';
  const watchers = new Set<() => void>();
  output.on('data', (chunk: Buffer) => {
    raw += chunk.toString();
    for (const watch of watchers) watch();
  });
  errorOutput.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const session = { dispatch, screen, caller: ann };

  return {
    ...session,
    input,
    output,
    folder,
    session,
    messenger: createTerminalMessenger(screen),
    raw: () => raw,
    errors: () => errors,
    /** What was printed, without the cursor's movements. */
    shown: () => stripVTControlCharacters(raw).replaceAll('\r', ''),
    objects: () =>
      raw
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    history: () => (existsSync(historyFile) ? readFileSync(historyFile, 'utf8') : ''),
    /** Waits until the text was printed after what is there now. */
    async until(text: string, act: () => void = () => {}) {
      const from = raw.length;
      const printed = new Promise<void>((resolve) => {
        const watch = () => {
          if (!stripVTControlCharacters(raw.slice(from)).includes(text)) return;
          watchers.delete(watch);
          resolve();
        };
        watchers.add(watch);
      });
      act();
      await printed;
    },
    start: () =>
      startTerminal({
        ...session,
        input,
        historyFile,
        settle: async () => {
          dispatch.calls.push('settled');
        },
      }),
  };
}
