import { type CsvStyle, plainCsv } from './csv.js';
import type { NumberStyle } from './number-style.js';
import { allMetrics } from './referon-headings.js';

export type DateForm = 'iso' | 'iso-time' | 'day-first' | 'dotted' | 'sheet-date';

/** How an export is written. Nothing public tells which of these ReferOn uses. */
export interface ExportFormat extends CsvStyle {
  readonly kind: 'csv' | 'xlsx' | 'json';
  readonly encoding: 'utf-8' | 'utf-16le';
  readonly numbers: NumberStyle;
  /** XLSX and JSON: figures as numbers rather than text. */
  readonly typedNumbers: boolean;
  /** `null` leaves the date column out though the preset is split by day; `''` leaves its heading blank. */
  readonly dateHeading: string | null;
  readonly dates: DateForm;
  /** `drifted`: other letter case and punctuation, as versions differ. */
  readonly labels: 'usual' | 'drifted';
  /** A last row of sums: with the word "Total", or with nothing where the day and names would be. */
  readonly totals: 'none' | 'labelled' | 'bare';
  readonly missing: '' | '-' | 'N/A';
  /** JSON: the member that holds the rows; `null` for a bare array. */
  readonly wrapper: 'data' | 'rows' | 'items' | 'result' | null;
}

/** A saved report: everything but the window. ReferOn's files name no currency, so a preset has one. */
export interface Preset {
  readonly columns: readonly string[];
  readonly groups: readonly ('brand' | 'mediaItem')[];
  readonly split: 'day' | 'month' | 'none';
  /** Brand ids; none means no filter. */
  readonly brands: readonly string[];
  /** Only rows of this currency are in the report. */
  readonly currency: string;
  readonly format: ExportFormat;
}

export const usualFormat: ExportFormat = {
  ...plainCsv,
  kind: 'csv',
  encoding: 'utf-8',
  numbers: 'plain',
  typedNumbers: true,
  dateHeading: 'Date',
  dates: 'iso',
  labels: 'usual',
  totals: 'none',
  missing: '',
  wrapper: 'data',
};

export const usualPreset: Preset = {
  columns: allMetrics,
  groups: ['brand', 'mediaItem'],
  split: 'day',
  brands: [],
  currency: 'EUR',
  format: usualFormat,
};
