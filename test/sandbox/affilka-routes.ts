import type { Instant } from '../../src/dates.js';
import { readAffilkaQuery } from './affilka-query.js';
import { type AffilkaAccount, affilkaReport } from './affilka-report.js';
import { type Answer, jsonAnswer } from './answer.js';
import type { Books } from './books.js';
import type { ActiveFaults } from './faults.js';
import { errorAnswer } from './replace-answer.js';

export const feedPath = '/api/client/partner/report.json';
export const customerPath = '/api/customer/v1/partner/report';

const groupers = ['day', 'month', 'brand', 'campaign'];

export function isAffilkaPath(path: string): boolean {
  return path === feedPath || path === customerPath || path === `${customerPath}/attributes`;
}

/** The feed takes its token from the query; the customer API takes the whole `Authorization` header, so `Bearer` is refused. */
export function affilkaToken(path: string, params: URLSearchParams, authorization: string): string {
  return path === feedPath ? (params.get('token') ?? '') : authorization;
}

export function answerAffilka(
  path: string,
  params: URLSearchParams,
  books: Books,
  account: AffilkaAccount,
  now: Instant,
  faults: ActiveFaults,
): Answer {
  if (path.endsWith('/attributes')) {
    return jsonAnswer(200, {
      available_columns: [...account.enabledColumns],
      available_groupers: groupers,
    });
  }
  const query = readAffilkaQuery(params, now);
  if (typeof query === 'string') return errorAnswer('affilka', 422, query);
  return jsonAnswer(200, affilkaReport(books, account, query, now, faults));
}
