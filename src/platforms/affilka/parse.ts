import { affilkaRenewalSteps } from '../../problems/affilka.js';
import { emptyAnswer } from '../../problems/unreadable-report.js';
import { bodyText } from '../body-text.js';
import { errorProblem, markupProblem } from '../other-answer.js';
import type { ParseContext, ReportPage } from '../platform.js';
import { readJson } from '../read-json.js';
import { parseEnvelope, rowList } from './parse-envelope.js';
import { quickPage } from './quick-page.js';
import { readPage } from './read-page.js';

const source = { label: 'Affilka', renewalSteps: affilkaRenewalSteps };

/** Reads one page of an Affilka report. Throws a `ProblemError` for whatever is not one with certainty. */
export async function parseAffilka(body: Uint8Array, context: ParseContext): Promise<ReportPage> {
  return quickPage(body, context, source) ?? carefulPage(body, context);
}

/** Reads a page of any shape; every problem is named here. */
export function carefulPage(body: Uint8Array, context: ParseContext): ReportPage {
  const text = bodyText(body);
  const first = text.trimStart().charAt(0);
  if (first === '') throw emptyAnswer();
  if (first === '<') throw markupProblem(text, source);
  const json = readJson(text, body);
  const problem = errorProblem(json, rowList(json) !== null, source);
  if (problem) throw problem;
  return readPage(parseEnvelope(json), context);
}
