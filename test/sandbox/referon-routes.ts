import { type Instant, isDay } from '../../src/dates.js';
import type { Answer } from './answer.js';
import type { Books } from './books.js';
import type { ActiveFaults } from './faults.js';
import type { Preset } from './preset.js';
import { referonTable } from './referon-table.js';
import { errorAnswer } from './replace-answer.js';
import { writeTable } from './write-table.js';

export const exportPath = '/statistic-service/report-preset/export';

export interface Presets {
  /** Saves a preset and gives its id. */
  add(preset: Preset): string;
  get(id: string): Preset | null;
  /** Changes what a saved preset exports, as its owner can in the dashboard. */
  change(id: string, change: Partial<Preset>): void;
}

export function createPresets(): Presets {
  const saved = new Map<string, Preset>();
  return {
    add(preset) {
      const id = String(42_159 + saved.size);
      saved.set(id, preset);
      return id;
    },
    get: (id) => saved.get(id) ?? null,
    change(id, change) {
      const preset = saved.get(id);
      if (!preset) throw new Error(`no preset ${id}`);
      saved.set(id, { ...preset, ...change });
    },
  };
}

/** The token as it stands in the link: a reader that re-encodes `+`, `/` or `=` is refused. */
export function referonToken(query: string): string {
  return /(?:^|&)token=([^&]*)/.exec(query)?.[1] ?? '';
}

export function answerReferon(
  params: URLSearchParams,
  books: Books,
  presets: Presets,
  now: Instant,
  faults: ActiveFaults,
): Answer {
  const preset = presets.get(params.get('id') ?? '');
  if (!preset) return errorAnswer('referon', 404, 'Preset not found');
  const from = params.get('from') ?? '';
  const to = params.get('to') ?? '';
  if (!isDay(from) || !isDay(to)) return errorAnswer('referon', 400, 'Dates are required');
  if (params.get('download') !== 'true') return errorAnswer('referon', 400, 'download is required');
  return writeTable(referonTable(books, preset, from, to, now, faults), preset.format, faults);
}
