import { parse } from 'csv-parse/sync';
import { Pool } from 'undici';
import { answerQuestions } from './child.js';
import { inParallel, loadLink, type Step, timed, windowLink } from './step.js';

// Fetches and parses the same pages and keeps nothing: what reading costs by itself.
let pool: Pool | null = null;
let links: string[] = [];

answerQuestions<Step, unknown>(async (step) => {
  if (step.do === 'open') {
    pool = new Pool(step.origin, { connections: 8 });
    links = Array.from({ length: step.offers }, (_, index) => loadLink(step.origin, step.platform, index));
    return 'opened';
  }
  if (step.do === 'close') return pool?.close().then(() => 'closed');
  return timed(() =>
    inParallel(links.length, step.under, async (index) => {
      const path = windowLink(links[index] ?? '', step.span).replace(/^http:\/\/[^/]*/, '');
      const answer = await pool?.request({ path, method: 'GET' });
      const text = (await answer?.body.text()) ?? '';
      if (text.startsWith('{')) JSON.parse(text);
      else parse(text, { columns: true });
    }),
  );
});
