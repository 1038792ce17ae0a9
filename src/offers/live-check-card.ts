import type { Block } from '../card.js';
import { readableSpan } from '../dates.js';
import type { FigureField, SourceRow } from '../figures.js';
import type { Platform } from '../platforms/platform.js';

import { figureLabels } from '../reports/figure-labels.js';
import { figureValue, readableValue, sumValues } from '../reports/figure-value.js';
import { listRows } from '../source-rows.js';
import { daysWithRows, type ProbeResult } from './probe.js';
import { wantedFields } from './wanted-fields.js';

const mostRows = 8;
const shownFields = [
  'clicks',
  'registrations',
  'ftds',
  'deposits',
  'ngr',
  'commission',
] as const satisfies readonly FigureField[];

/** What the live check saw: brands, campaigns, currencies, columns, days, and a small table. */
export function liveCheckBlocks(platform: Platform, probe: ProbeResult): Block[] {
  const { report, window } = probe;
  if (!report || report.sourceRows === 0) return [];
  const { dimensions } = report.rows;
  const wanted = wantedFields(platform);
  const absent = wanted.filter((field) => !report.shape.columns.includes(field));
  const span = readableSpan(window.from, window.to);
  return [
    {
      type: 'facts',
      facts: [
        {
          label: 'Read',
          value: `${span}: ${report.rows.length} rows, ${daysWithRows(report).length} of 7 days with data`,
        },
        { label: 'Brands', value: named(dimensions.map(({ brand, brandId }) => brand || brandId)) },
        {
          label: 'Campaigns',
          value: named(dimensions.map(({ campaign, campaignId }) => campaign || campaignId)),
        },
        { label: 'Currencies', value: named(dimensions.map(({ currency }) => currency)) },
        {
          label: 'Columns',
          value:
            absent.length === 0
              ? `all ${wanted.length}`
              : `${wanted.length - absent.length} of ${wanted.length}; n/a: ${absent.map((field) => figureLabels[field]).join(', ')}`,
        },
      ],
    },
    summaryTable(listRows(report.rows)),
  ];
}

function summaryTable(rows: readonly SourceRow[]): Block {
  const groups = new Map<string, SourceRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.brand || row.brandId, row.currency]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const lines = [...groups.values()].map((group) => {
    const first = group[0];
    const currency = first?.currency ?? '';
    return [
      first?.brand || first?.brandId || 'all brands',
      currency,
      ...shownFields.map((field) =>
        readableValue(sumValues(group.map((row) => figureValue(row.figures, field))), field, currency),
      ),
    ];
  });
  return {
    type: 'table',
    columns: [
      { label: 'Brand' },
      { label: '' },
      ...shownFields.map((field) => ({ label: figureLabels[field], align: 'right' as const })),
    ],
    rows: lines.slice(0, mostRows),
    ...(lines.length > mostRows ? { more: `${lines.length - mostRows} more brands` } : {}),
  };
}

function named(names: readonly string[]): string {
  const unique = [...new Set(names)].filter(Boolean).sort();
  if (unique.length === 0) return 'not named';
  const shown = unique.slice(0, 5).join(', ');
  return unique.length > 5 ? `${shown} and ${unique.length - 5} more` : shown;
}
