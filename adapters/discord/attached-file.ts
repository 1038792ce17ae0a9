import type { ChosenFile } from '../../src/chosen-file.js';
import { fileNotFetched } from '../../src/problems/chosen-file.js';
import { ProblemError } from '../../src/problems/problem.js';
import { deadlines } from './limits.js';
import type { Attached } from './read-interaction.js';

/** The option and the form's field that take a file in place of many lines. */
export const fileWord = 'file';

/** Where Discord keeps what people attach. Nothing is ever fetched from elsewhere. */
const discordHosts = ['cdn.discordapp.com', 'media.discordapp.net'];

/** Fetches attachments from Discord, or from the address that stands in for it. */
export function attachedFiles(apiUrl: string | null): (attached: Attached) => ChosenFile {
  const hosts = apiUrl ? [...discordHosts, new URL(apiUrl).host] : discordHosts;
  return ({ size, url }) => ({ size, fetch: () => download(url, hosts) });
}

async function download(url: string, hosts: readonly string[]): Promise<AsyncIterable<Uint8Array>> {
  if (!URL.canParse(url) || !hosts.includes(new URL(url).host))
    throw new ProblemError(fileNotFetched('Discord'));
  const signal = AbortSignal.timeout(deadlines.file);
  const answer = await fetch(url, { redirect: 'error', signal }).catch(() => null);
  if (!answer?.ok || !answer.body) throw new ProblemError(fileNotFetched('Discord'));
  return answer.body;
}
