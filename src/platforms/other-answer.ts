import { loginPage, tokenRefused } from '../problems/probe.js';
import { ProblemError } from '../problems/problem.js';
import { errorAnswer, webPage, xmlReport } from '../problems/unreadable-report.js';

/** What a parser may say about its platform in a problem: it knows the bytes, not the host. */
export interface AnswerSource {
  readonly label: string;
  readonly renewalSteps: readonly string[];
}

const loginWords = /type\s*=\s*["']?password|\bsign[\s-]?in\b|\blog[\s-]?in\b|\/login\b/i;
const tokenWords = /token|unauthori[sz]|expired|access|forbidden|authenticat/i;

/** What a body that begins with `<` is: a login page, another web page, or XML. */
export function markupProblem(text: string, source: AnswerSource): ProblemError {
  if (loginWords.test(text)) return new ProblemError(loginPage(null, source.label, source.renewalSteps));
  const page = /<!doctype html|<html|<head|<body|<div|<p>|<h1/i.test(text.slice(0, 4096));
  return page || !/^\s*<\?xml/i.test(text) ? webPage() : xmlReport();
}

function wordsIn(value: unknown, depth = 0): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || depth > 3) return '';
  return Object.values(value)
    .map((inner) => wordsIn(inner, depth + 1))
    .filter((words) => words !== '')
    .join(', ');
}

function says(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return value !== undefined && value !== null && value !== '' && value !== false && value !== 0;
}

const refusedCodes = new Set<unknown>([401, 403, '401', '403']);
const failed = /^(error|fail|failed|failure|unauthori[sz]ed|forbidden|denied)$/i;

/** The problem that an error object states, or `null`. Beside rows a bare `message` is no error. */
export function errorProblem(json: unknown, hasRows: boolean, source: AnswerSource): ProblemError | null {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return null;
  const answer = new Map<string, unknown>(Object.entries(json));
  const status = answer.get('status');
  const failure =
    says(answer.get('error')) ||
    says(answer.get('errors')) ||
    answer.get('success') === false ||
    answer.get('ok') === false ||
    (typeof status === 'string' && failed.test(status)) ||
    (typeof status === 'number' && status >= 400);
  const bare = ['message', 'status', 'detail', 'title'].some((key) => says(answer.get(key)));
  if (!failure && (hasRows || !bare)) return null;
  const words = ['message', 'error', 'errors', 'error_description', 'detail', 'title', 'status']
    .map((key) => wordsIn(answer.get(key)))
    .filter((found) => found !== '');
  const refused = ['status', 'statusCode', 'code'].some((key) => refusedCodes.has(answer.get(key)));
  if (refused || words.some((found) => tokenWords.test(found))) {
    return new ProblemError(tokenRefused(null, source.label, source.renewalSteps));
  }
  return errorAnswer(words[0] ?? '');
}
