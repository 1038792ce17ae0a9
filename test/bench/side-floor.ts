import { parse } from 'csv-parse/sync';
import { Agent } from 'undici';
import { answerQuestions } from './child.js';
import { inParallel, loadLink, type Step, timed } from './step.js';

// Fetches and parses the same pages and keeps nothing: what reading costs by itself.
let pools: Agent | null = null;
let links: string[] = [];

answerQuestions<Step, unknown>(async (step) => {
  if (step.do === 'open') {
    pools = new Agent({ connections: 8 });
    links = Array.from({ length: step.offers }, (_, index) => loadLink(step.port, step.platform, index));
    return 'opened';
  }
  if (step.do === 'close') return pools?.close().then(() => 'closed');
  if (step.do !== 'sync') return 'no such thing';
  return timed(() =>
    inParallel(links, step, async (link) => {
      const { origin, pathname, search } = new URL(link);
      const answer = await pools?.request({ origin, path: `${pathname}${search}`, method: 'GET' });
      const text = (await answer?.body.text()) ?? '';
      if (text.startsWith('{')) JSON.parse(text);
      else parse(text, { columns: true });
    }),
  );
});
