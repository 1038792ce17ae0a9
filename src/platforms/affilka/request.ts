import { firstValueOf, removeParameter, setParameter } from '../../links/query.js';
import type { ReportAccess, ReportQuery, ReportRequest } from '../platform.js';
import { asksForConversion, isCustomerApi, tokenIn } from './url.js';

/** One page of one window. Sets dates, page and, where the report converts, the day of the rates; the rest stays byte for byte. */
export function requestAffilka(access: ReportAccess, query: ReportQuery): ReportRequest {
  const dated = setParameter(setParameter(access.url, 'from', query.from), 'to', query.to);
  const paged = setParameter(dated, 'page', String(query.page));
  const url = asksForConversion(paged) ? setParameter(paged, 'exchange_rates_date', query.ratesDate) : paged;
  const token = tokenIn(access) ?? '';
  const headers = { accept: 'application/json' };
  if (isCustomerApi(new URL(url))) {
    return { url: removeParameter(url, 'token'), headers: { ...headers, authorization: token } };
  }
  return { url: firstValueOf(url, 'token') === null ? setParameter(url, 'token', token) : url, headers };
}

/** The account's own list of columns, by the customer API of the same programme. */
export function requestAttributes(access: ReportAccess): ReportRequest {
  const url = new URL(access.url);
  const report = url.pathname.replace(
    /\/api\/client\/partner\/report\.json$/,
    '/api/customer/v1/partner/report',
  );
  return {
    url: `${url.origin}${report}/attributes`,
    headers: { accept: 'application/json', authorization: tokenIn(access) ?? '' },
  };
}
