import { setParameter } from '../../links/query.js';
import type { ReportAccess, ReportQuery, ReportRequest } from '../platform.js';

/** The preset decides all but the window; the whole report comes as one file, so there is no page. */
export function requestReferon(access: ReportAccess, query: ReportQuery): ReportRequest {
  const url = setParameter(setParameter(access.url, 'from', query.from), 'to', query.to);
  return { url, headers: {} };
}
