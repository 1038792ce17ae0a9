import { z } from 'zod';
import { defineCommand } from '../src/command.js';
import { option } from '../src/options.js';
import { makeReport } from '../src/reports/make-report.js';
import { shareReport } from '../src/reports/share-report.js';

export const report = defineCommand({
  name: 'report',
  summary: 'Figures of any days, as a table, a chart or a file',
  audience: 'caller',
  access: 'figures',
  options: z.object({
    range: option.text('yesterday, today, 7d, 30d, mtd, ytd, last-week or last-month', '30d').optional(),
    from: option.day('First day, in place of a range').optional(),
    to: option.day('Last day, in place of a range').optional(),
    by: option.text('Split by day, month, offer, brand or campaign; several with commas', 'offer').optional(),
    offer: option.offer('Only this offer: number or name').optional(),
    metrics: option
      .text('Only these figures, with commas: ftds,ngr (tables and files)', 'ftds,ngr')
      .optional(),
    as: option.choice('How to show it', ['table', 'chart', 'csv']).optional(),
    share: option.flag('Post it here for everybody').optional(),
  }),
  examples: [
    '/report yesterday by:offer',
    '/report 30d as:chart offer:"Lucky Star"',
    '/report last-month by:day as:csv',
    '/report from:2026-11-01 to:2026-11-15 by:brand metrics:ftds,ngr share:true',
  ],
  async run(options, { core, caller }) {
    const answer = await makeReport(core, caller, options);
    return options.share ? shareReport(core, caller, answer) : answer;
  },
});
