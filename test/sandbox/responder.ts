import { gzipSync } from 'node:zlib';
import { addMilliseconds, dayIn, type Instant } from '../../src/dates.js';
import type { AffilkaAccount } from './affilka-report.js';
import { answerAffilka } from './affilka-routes.js';
import { type Answer, dashboardPage, htmlAnswer, loginPage } from './answer.js';
import type { Books } from './books.js';
import { type ActiveFaults, byteFaults, type FaultBoard, wireFaults } from './faults.js';
import type { Asked } from './read-request.js';
import { answerReferon, type Presets } from './referon-routes.js';
import { replaceAnswer, replacementAnswer } from './replace-answer.js';
import { spoilBody } from './spoil-body.js';
import type { Tokens } from './tokens.js';

/** Everything an answer depends on. */
export interface ProgrammeState {
  readonly now: () => Instant;
  readonly books: Books;
  readonly account: AffilkaAccount;
  readonly presets: Presets;
  readonly tokens: Tokens;
  readonly faults: FaultBoard;
  /** The UTC hour at which ReferOn gets its figures. */
  readonly pushHour: number | null;
}

/** When ReferOn last got figures: later ones it does not know yet. */
export function lastPush(now: Instant, hour: number | null): Instant {
  if (hour === null) return now;
  const today: Instant = `${dayIn('UTC', now)}T${String(hour).padStart(2, '0')}:00:00.000Z`;
  return today <= now ? today : addMilliseconds(today, -86_400_000);
}

function page(path: string): Answer {
  if (path === '/partner/login') return loginPage();
  if (path === '/partner/reports') return dashboardPage();
  return htmlAnswer(404, 'Not found', '<h1>Not found</h1>');
}

function report(state: ProgrammeState, asked: Asked, faults: ActiveFaults): Answer {
  const { books, account, presets, tokens } = state;
  const now = state.now();
  if (asked.method !== 'GET') return htmlAnswer(405, 'Not allowed', '<h1>Not allowed</h1>');
  if (!asked.platform) return page(asked.path);
  const replaced = replaceAnswer(faults, asked.platform, `${asked.path}?${asked.query}`);
  if (replaced) return replaced;
  if (!tokens.accepts(asked.platform, asked.token)) {
    return replacementAnswer(state.faults.refusalOf(asked.platform), asked.platform, asked.path);
  }
  return asked.platform === 'affilka'
    ? answerAffilka(asked.path, asked.params, books, account, now, faults)
    : answerReferon(asked.params, books, presets, lastPush(now, state.pushHour), faults);
}

function compressed(answer: Answer): Answer {
  if (answer.body.length < 1024) return answer;
  const headers = { ...answer.headers, 'content-encoding': 'gzip', vary: 'accept-encoding' };
  return { ...answer, headers, body: gzipSync(answer.body) };
}

/** The whole answer to a request, damaged as the faults say; compressed for readers who take that. */
export function respond(state: ProgrammeState, asked: Asked, faults: ActiveFaults): Answer {
  const answer = report(state, asked, faults);
  const spoiled = [...byteFaults, ...wireFaults].some((name) => faults.has(name));
  if (spoiled) return spoilBody(answer, faults);
  return asked.takesGzip ? compressed(answer) : answer;
}
