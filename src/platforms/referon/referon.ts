import { tailOf } from '../../links/token.js';
import { referonRenewalSteps } from '../../problems/referon.js';
import type { Platform } from '../platform.js';
import { checkReferon } from './check.js';
import { referonExamples } from './examples.js';
import { identityOfReferon, reportNameOfReferon } from './identity.js';
import { mendReferon } from './mend.js';
import { otherReferonPage } from './other-page.js';
import { parseReferon } from './parse.js';
import { requestReferon } from './request.js';
import { isExport, tokenIn } from './url.js';

export const referon: Platform = {
  id: 'referon',
  label: 'ReferOn',
  recognises: isExport,
  otherPage: otherReferonPage,
  check: checkReferon,
  mend: mendReferon,
  request: requestReferon,
  converts: () => false,
  parse: parseReferon,
  tokenOf(access) {
    const token = tokenIn(access);
    return token === null ? null : tailOf(token);
  },
  secretOf: tokenIn,
  identityOf: identityOfReferon,
  reportNameOf: reportNameOfReferon,
  columnNames: {
    clicks: 'Unique Click Count',
    registrations: 'Reg. Count',
    ftds: 'FTD Count',
    ftdAmount: 'FTD Amount',
    deposits: 'Deposits',
    ngr: 'NGR',
    commission: 'Total Reward',
    depositors: 'Depositing customers',
    qualified: 'CPA count',
    cpaIncome: 'CPA',
  },
  renewalSteps: referonRenewalSteps,
  examples: referonExamples,
};
