import { type FigureField, figureFields } from '../figures.js';
import type { Platform } from '../platforms/platform.js';

/** The fields that this platform has a column for. */
export function wantedFields(platform: Platform): readonly FigureField[] {
  return figureFields.filter((field) => platform.columnNames[field] !== undefined);
}
