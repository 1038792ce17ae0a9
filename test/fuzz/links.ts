import fc from 'fast-check';
import { checkLink } from '../../src/links/check-link.js';
import { platforms } from '../../src/platforms/index.js';
import { mutate } from './mutate.js';
import { randomSource } from './random-source.js';

const token = 'Qw7xPlanted9Zk4Lm2Vt8Rb';
const today = '2026-11-20';
const bases = [
  'https://primetime.example.test/api/client/partner/report.json?from=2026-11-01&to=2026-11-19&period=custom&columns%5B%5D=ngr&columns%5B%5D=visits_count&group_by%5B%5D=day&group_by%5B%5D=brand&name=&token=HERE&page=1',
  'https://primetime.example.test/api/customer/v1/partner/report?from=2026-11-01&to=2026-11-19&group_by[]=day&token=HERE',
  'https://affiliates.example.test/statistic-service/report-preset/export?id=4216&token=HERE&from=2026-11-01&to=2026-11-19&download=true',
  'https://affiliates.example.test/partner/reports?token=HERE',
  'https://track.example.test/click?to=https%3A%2F%2Fprimetime.example.test%2Fapi%2Fclient%2Fpartner%2Freport.json%3Ftoken%3DHERE',
].map((url) => url.replace('HERE', token));

/** What is wrong with how one pasted text is checked and mended, or `null`. */
export function tryLink(text: string): string | null {
  const input = { today, allowPrivateHost: () => false, platforms };
  const start = performance.now();
  const link = checkLink(text, input);
  const took = performance.now() - start;
  if (took > 1000) return `took ${Math.round(took)} ms`;
  const said = JSON.stringify([link.findings, link.changes, link.mended?.changes, link.tokenTail]);
  if (said.includes(token)) return 'says the token';
  const { platform, access, mended } = link;
  if (!platform || !access) return null;
  if (mended) {
    if (platform.secretOf(mended.access) !== platform.secretOf(access)) return 'mending changed the token';
    const again = platform.mend(mended.access, today);
    if (again.url !== mended.access.url) return `mending is not done once: ${again.url}`;
  }
  const sound = mended?.access ?? access;
  if (link.findings.some((finding) => finding.severity === 'error')) return null;
  const query = { from: '2026-11-02', to: '2026-11-03', page: 2, ratesDate: today };
  const request = platform.request(sound, query);
  if (new URL(request.url).host !== new URL(sound.url).host) return 'asks another host';
  const params = new URL(request.url).searchParams;
  if (params.getAll('from').join() !== '2026-11-02' || params.getAll('to').join() !== '2026-11-03') {
    return `asks for other days: ${request.url}`;
  }
  return null;
}

export function fuzzLinks(runs: number, seed: number): number {
  const seeds = fc.noShrink(fc.integer({ min: 1, max: 0x7fffffff }));
  const property = fc.property(seeds, (one) => {
    const random = randomSource(one);
    const text = mutate(random.pick(bases), random);
    const wrong = tryLink(text);
    if (wrong) throw new Error(`seed ${one}: ${wrong}\n${text}`);
  });
  fc.assert(property, { numRuns: runs, seed });
  return runs;
}
