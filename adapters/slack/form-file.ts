import type { ChosenFile } from '../../src/chosen-file.js';
import { fileNotFetched } from '../../src/problems/chosen-file.js';
import { ProblemError } from '../../src/problems/problem.js';
import type { SlackContext } from './context.js';
import type { SlackClient } from './web-client.js';

const downloadMs = 10_000;

/**
 * A file that somebody chose in a form. Slack is asked for it with the workspace's own token, so that an id of another
 * workspace finds nothing; one that another person uploaded is not read either.
 */
export async function formFile(
  { fileHosts }: Pick<SlackContext, 'fileHosts'>,
  client: SlackClient,
  { fileId, userId }: { readonly fileId: string; readonly userId: string },
): Promise<ChosenFile> {
  const answer = await client.files.info({ file: fileId }).catch(() => null);
  const { user, size, url_private_download: url = '' } = answer?.file ?? {};
  const isSlacks = URL.canParse(url) && fileHosts.includes(new URL(url).host);
  if (user !== userId || !isSlacks) throw notFetched();
  return { size: size ?? 0, fetch: () => download(url, client.token ?? '') };
}

/** Slack answers with a page to log in on, and status 200, where the token does not reach. */
async function download(url: string, token: string): Promise<AsyncIterable<Uint8Array>> {
  const headers = { authorization: `Bearer ${token}` };
  const signal = AbortSignal.timeout(downloadMs);
  const answer = await fetch(url, { headers, redirect: 'error', signal }).catch(() => null);
  const isPage = answer?.headers.get('content-type')?.includes('text/html');
  if (!answer?.ok || !answer.body || isPage) throw notFetched();
  return answer.body;
}

function notFetched(): ProblemError {
  return new ProblemError(fileNotFetched('Slack'));
}
