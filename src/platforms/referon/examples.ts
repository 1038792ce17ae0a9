import type { PlatformExample } from '../platform.js';

const whole =
  'https://affiliates.bella.example/statistic-service/report-preset/export?id=42159&token=test-token-referon+A/b9==&from=2026-04-01&to=2026-04-13&download=true';

export const referonExamples: readonly PlatformExample[] = [
  { name: 'the link of Copy link', url: whole, codes: [] },
  { name: 'no preset', url: whole.replace('id=42159&', ''), codes: ['referon.preset-id-missing'] },
  {
    name: 'no token',
    url: whole.replace('token=test-token-referon+A/b9==&', ''),
    codes: ['link.token-missing'],
  },
  {
    name: 'a token from an example',
    url: whole.replace('test-token-referon+A/b9==', '<token>'),
    codes: ['link.token-placeholder'],
  },
  {
    name: 'a token cut short',
    url: whole.replace('test-token-referon+A/b9==', 'test-token-ref...'),
    codes: ['link.mangled'],
  },
  {
    name: 'no custom date range in the preset',
    url: whole.replace('&from=2026-04-01&to=2026-04-13', ''),
    codes: ['referon.dates-missing'],
  },
  {
    name: 'a day that does not exist',
    url: whole.replace('to=2026-04-13', 'to=2026-04-31'),
    codes: ['referon.dates-invalid'],
  },
  {
    name: 'no download flag',
    url: whole.replace('&download=true', ''),
    codes: ['referon.download-flag-missing'],
  },
  {
    name: 'a dashboard page',
    url: 'https://affiliates.bella.example/reports/general?preset=42159',
    codes: ['link.dashboard-page'],
  },
];
