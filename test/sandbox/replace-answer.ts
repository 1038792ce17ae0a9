import type { PlatformId } from '../../src/platforms/platform.js';
import { type Answer, htmlAnswer, jsonAnswer, loginPage, textAnswer } from './answer.js';
import { type ActiveFaults, type FaultSettings, replacements } from './faults.js';

type Replacement = (typeof replacements)[number];

function retryHeader(settings: FaultSettings): Record<string, string> {
  return settings.retryAfter === undefined ? {} : { 'retry-after': String(settings.retryAfter) };
}

function redirect(location: string): Answer {
  return textAnswer(302, 'text/html; charset=utf-8', '', { location });
}

/** An error in JSON as each platform might word it; no source tells the true words. */
export function errorAnswer(platform: PlatformId, status: number, message: string): Answer {
  const body = platform === 'affilka' ? { error: message } : { status: 'error', message };
  return jsonAnswer(status, body);
}

export function replacementAnswer(
  name: Replacement,
  platform: PlatformId,
  path: string,
  settings: FaultSettings = {},
): Answer {
  switch (name) {
    case 'status-401':
      return errorAnswer(platform, 401, 'Unauthorized');
    case 'status-403':
      return errorAnswer(platform, 403, 'Forbidden');
    case 'status-404':
      return htmlAnswer(404, 'Not found', '<h1>Not found</h1>');
    case 'status-429':
      return { ...errorAnswer(platform, 429, 'Too many requests'), headers: retryHeader(settings) };
    case 'status-500':
      return htmlAnswer(500, 'Error', '<h1>Something went wrong</h1>');
    case 'status-502':
      return htmlAnswer(502, 'Bad gateway', '<h1>Bad gateway</h1>');
    case 'status-503':
      return { ...htmlAnswer(503, 'Maintenance', '<h1>Back soon</h1>'), headers: retryHeader(settings) };
    case 'login-redirect':
      return redirect('/partner/login');
    case 'login-page':
      return loginPage();
    case 'json-error':
      return errorAnswer(platform, 200, 'Access token is not valid');
    case 'foreign-redirect':
      return redirect('http://elsewhere.invalid/report');
    case 'redirect-loop':
      return redirect(path);
  }
}

/** The answer that takes the report's place, if one of the active faults asks for it. */
export function replaceAnswer(faults: ActiveFaults, platform: PlatformId, path: string): Answer | null {
  const name = replacements.find((one) => faults.has(one));
  return name ? replacementAnswer(name, platform, path, faults.get(name)) : null;
}
