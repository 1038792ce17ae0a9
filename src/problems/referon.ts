import { missingDates } from './in-words.js';
import type { Finding } from './problem.js';
import { renewStep } from './renew-step.js';

/** How to get to the export link, for who pasted another page. */
export const referonExportSteps: readonly string[] = [
  'Open Reports → General in the ReferOn dashboard.',
  'Choose Brand and Media Item under Groups, all columns, the split By day and a custom date range.',
  'Press Generate Report, then Create Preset, and save it.',
  'Turn API availability on in the preset, press Copy link, then Save changes.',
  'Paste the copied link here.',
];

export const referonRenewalSteps: readonly string[] = [
  'Open Reports → General in the ReferOn dashboard and choose your preset.',
  'Turn API availability off and on again.',
  'Press Copy link, then Save changes.',
  renewStep,
];

export const referonTokenSteps: readonly string[] = [
  'Open Reports → General in the ReferOn dashboard and choose your preset.',
  'Turn API availability on and press Copy link, then Save changes.',
  'Paste the whole copied link here: it holds id= and token=.',
];

export function presetIdMissing(): Finding {
  return {
    code: 'referon.preset-id-missing',
    severity: 'error',
    mendable: false,
    what: 'The URL does not say which preset to read: its id is missing.',
    why: 'The preset decides brands, columns and the split by day; only the dashboard knows its number.',
    fix: [
      'Open Reports → General in the ReferOn dashboard.',
      'Choose your preset, or press Create Preset after Generate Report to make one.',
      'Turn API availability on, press Copy link, then Save changes.',
      'Paste the whole copied link here.',
    ],
  };
}

export function referonDatesMissing(keys: readonly string[]): Finding {
  return {
    code: 'referon.dates-missing',
    severity: 'warning',
    mendable: true,
    what: `The URL has no ${missingDates(keys)}.`,
    why: 'That happens when the preset was made without a custom date range; the live check shows whether dates are obeyed.',
    fix: [
      'Let me put the dates in; every sync sets its own.',
      'Set a custom date range in the preset under Reports → General if the live check then fails.',
      'Press Copy link, then Save changes, and paste the new link.',
    ],
  };
}

/** `fault` completes "The dates do not work: …". */
export function referonDatesInvalid(fault: string): Finding {
  return {
    code: 'referon.dates-invalid',
    severity: 'error',
    mendable: true,
    what: `The dates do not work: ${fault}.`,
    why: 'The programme would answer with nothing, or with days that nobody asked for.',
    fix: [
      'Let me put the last 7 complete days in; every sync sets its own dates.',
      'Set a custom date range in the preset under Reports → General to do it yourself, up to yesterday.',
    ],
  };
}

export function downloadFlagMissing(): Finding {
  return {
    code: 'referon.download-flag-missing',
    severity: 'error',
    mendable: true,
    what: 'The URL lacks download=true.',
    why: 'Without it the address does not give out the data.',
    fix: [
      'Let me add download=true.',
      'Press Copy link in the preset under Reports → General to copy the whole link anew.',
    ],
  };
}
