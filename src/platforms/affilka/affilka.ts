import { tailOf } from '../../links/token.js';
import { affilkaRenewalSteps } from '../../problems/affilka.js';
import type { Platform } from '../platform.js';
import { checkAffilka } from './check.js';
import { affilkaColumns } from './columns.js';
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
  columnNames: affilkaColumns,
  renewalSteps: affilkaRenewalSteps,
  examples: affilkaExamples,
};
