import { tailOf } from '../../links/token.js';
import { affilkaRenewalSteps } from '../../problems/affilka.js';
import type { Platform } from '../platform.js';
import { checkAffilka } from './check.js';
import { affilkaExamples } from './examples.js';
import { identityOfAffilka, reportNameOfAffilka } from './identity.js';
import { mendAffilka } from './mend.js';
import { otherAffilkaPage } from './other-page.js';
import { parseAffilka } from './parse.js';
import { requestAffilka, requestAttributes } from './request.js';
import { asksForConversion, isCustomerApi, isFeed, tokenIn } from './url.js';

export const affilka: Platform = {
  id: 'affilka',
  label: 'Affilka',
  recognises: (url) => isFeed(url) || isCustomerApi(url),
  otherPage: otherAffilkaPage,
  check: checkAffilka,
  mend: mendAffilka,
  request: requestAffilka,
  converts: (access) => asksForConversion(access.url),
  attributesRequest: requestAttributes,
  parse: parseAffilka,
  tokenOf(access) {
    const token = tokenIn(access);
    return token === null ? null : tailOf(token);
  },
  secretOf: tokenIn,
  identityOf: identityOfAffilka,
  reportNameOf: reportNameOfAffilka,
  columnNames: {
    clicks: 'visits_count',
    registrations: 'registrations_count',
    ftds: 'first_deposits_count',
    ftdAmount: 'first_deposits_sum',
    deposits: 'deposits_sum',
    ngr: 'ngr',
    commission: 'partner_income',
    depositors: 'depositing_players_count',
    prequalified: 'prequalified_players_count',
    qualified: 'qualified_players_count',
    cpaIncome: 'fixed_per_player',
  },
  renewalSteps: affilkaRenewalSteps,
  examples: affilkaExamples,
};
