import type { DrawnCard } from '../../src/card.js';

/** A refused URL, as in the product's description. */
export const refusedUrl: DrawnCard = {
  title: 'Not added yet: 3 things to mend in this Affilka URL (primetime.partners, token …5678)',
  tone: 'bad',
  blocks: [
    {
      type: 'steps',
      title: 'The report is not split by brand.',
      code: 'affilka.group-by-missing',
      text: 'All casinos of this account would become one sum. I can add it: the URL decides this.',
      steps: [],
    },
    {
      type: 'steps',
      title: 'It starts on page 3.',
      code: 'affilka.page-not-one',
      text: 'Rows of pages 1 and 2 would be lost. I can set it.',
      steps: ['Press "Fix these and go on"'],
    },
    {
      type: 'steps',
      title: 'The column "ngr" is not in the report, and the programme may not have enabled it for you.',
      code: 'affilka.column-missing',
      text: 'Without it the digest shows n/a.',
      steps: [
        'Open Reports in the programme',
        'Choose Columns and tick NGR',
        'Press Export and copy the link of "JSON"; paste it here as it is, without shortening it',
      ],
    },
    {
      type: 'actions',
      actions: [
        { id: 'button-fix', label: 'Fix these and go on', style: 'primary' },
        { id: 'button-other', label: 'Paste another URL' },
        { id: 'button-why', label: 'Why split by brand?' },
      ],
    },
  ],
  problems: ['affilka.group-by-missing', 'affilka.page-not-one', 'affilka.column-missing'],
};

const days = Array.from({ length: 30 }, (_, index) => `2026-11-${String(index + 1).padStart(2, '0')}`);

/** Every kind of block once. */
export const everyBlock: DrawnCard = {
  title: 'Thu 19 Nov · 12 of 13 offers in · 2 still filling up',
  tone: 'good',
  blocks: [
    { type: 'text', text: 'EUR     47 FTD (+6)   NGR 12,430.55 (usual 13,500)   commission 3,904.10' },
    { type: 'text', text: 'Provisional: the last two days may still grow.', muted: true },
    {
      type: 'facts',
      facts: [
        { label: 'Last good sync', value: '19 Nov 07:10 (3 min ago)' },
        { label: 'Token', value: '…5678' },
        {
          label: 'Next run',
          value: 'in 52 minutes, then every hour; the last 35 days are read again tomorrow at 04:20',
        },
      ],
    },
    {
      type: 'table',
      columns: [
        { label: 'Offer' },
        { label: 'Clicks', align: 'right' },
        { label: 'FTD', align: 'right' },
        { label: 'NGR', align: 'right' },
        { label: 'State' },
      ],
      rows: [
        ['Lucky Star', '1,204', '18', '12,430.55', 'reported'],
        ['幸運の星カジノ', '98', '0', '−1,204.00', 'provisional'],
        [
          'Bella Vita International Casino & Sportsbook (Latin America, Spanish)',
          '7',
          'n/a',
          '0.00',
          'absent',
        ],
      ],
    },
    {
      type: 'chart',
      chart: {
        title: 'FTD and NGR, 30 days',
        days,
        bars: { label: 'FTD', values: days.map((_, index) => (index === 9 ? null : (index * 7) % 19)) },
        line: { label: 'NGR, EUR', values: days.map((_, index) => ((index * 531) % 1700) - 400.5) },
      },
      alt: 'FTD between 0 and 18 a day; NGR mostly above zero.',
    },
    { type: 'code', text: '/report range:7d by:brand as:csv' },
    { type: 'link', label: 'How to renew a token', url: 'https://docs.test/renew' },
    {
      type: 'steps',
      title: 'The token of Royal is refused.',
      code: 'probe.token-refused',
      text: 'Figures stop on 17 Nov.',
      steps: [
        'Open Settings, API token',
        'Press Regenerate',
        'Type /offer renew Royal and paste the new URL',
      ],
    },
    {
      type: 'actions',
      actions: [
        { id: 'button-renew', label: 'Replace URL', style: 'primary' },
        { id: 'button-remove', label: 'Remove', style: 'danger' },
      ],
    },
  ],
  details: [
    {
      type: 'text',
      text: 'Restated since yesterday: 12–14 Nov: −2 FTD, NGR −640.00, commission −192.00 (Bella)',
    },
    {
      type: 'table',
      columns: [
        { label: 'Day' },
        ...Array.from({ length: 9 }, (_, index) => ({ label: `Figure ${index}`, align: 'right' as const })),
      ],
      rows: [['2026-11-19', ...Array.from({ length: 9 }, (_, index) => `1,000,00${index}.25`)]],
      more: '/report as:csv',
    },
  ],
};
