import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { createLog } from '../../adapters/log/log.js';
import { readConfig } from '../../src/config.js';
import type { Messenger } from '../../src/delivery/outbox.js';
import type { Reply } from '../../src/dispatch.js';
import { openTallyman } from '../../src/main.js';
import { startProgramme } from '../sandbox/programme.js';
import { ann } from '../support/with-bot.js';

const now = () => '2026-11-20T09:12:00.000Z';

/** Every way in which a token could be written down. */
function spellings(token: string): string[] {
  const bytes = Buffer.from(token, 'utf8');
  const shifted = [0, 1, 2].map((offset) => {
    const whole = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    // The first and last characters depend on what stands beside the token.
    return whole.slice(offset === 0 ? 0 : 4, -4);
  });
  return [
    token,
    encodeURIComponent(token),
    encodeURIComponent(encodeURIComponent(token)),
    bytes.toString('base64url').slice(0, -2),
    bytes.toString('hex'),
    ...shifted,
  ];
}

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

test('no token of a pasted URL is in an answer, a post, a log line or a page of the database, in any spelling', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tallyman-secrecy-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const programme = await startProgramme({ now });
  onTestFinished(() => programme.close());
  let logged = '';
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logged += chunk.toString();
      done();
    },
  });
  const posted: unknown[] = [];
  const messenger: Messenger = {
    send: async (message) => `m${posted.push(message)}`,
    edit: async (message) => void posted.push(message),
    find: async () => 'absent',
  };
  const config = readConfig({
    DATABASE_URL: `sqlite:${join(folder, 'data', 'tallyman.db')}`,
    TALLYMAN_KEY_FILE: join(folder, 'keys', 'key.json'),
    ALLOW_PRIVATE_HOSTS: programme.host,
    LOG_LEVEL: 'debug',
  });
  const tallyman = await openTallyman({
    config,
    clock: { now },
    exclusive: true,
    log: createLog({ level: 'debug', destination }),
    messengers: new Map([['terminal', messenger]]),
  });
  const replies: Reply[] = [];
  const type = async (line: string) => {
    const prepared = await tallyman.dispatch.prepareLine(line, ann, false);
    if (prepared.kind === 'run') replies.push(await prepared.run());
    await tallyman.work.settle();
  };
  const { urls, tokens } = programme;
  const fresh = programme.issueToken('affilka');
  const customer = urls.affilkaCustomerUrl({ brands: ['17'] });

  await type(`/offer check ${urls.affilkaReportUrl({ brands: ['12'], groups: ['day'] })}`);
  await type(`/offer add ${urls.affilkaReportUrl({ brands: ['12'] })} name:"Lucky Star"`);
  await type(`/offer add ${urls.referonExportUrl({ brands: ['14'] })} name:Royal`);
  await type(`/offer add ${urls.referonExportUrl({ brands: ['14'] })} name:Royal currency:EUR`);
  await type(`/offer add ${customer.url} token:${customer.token}`);
  await type(
    `/offer import "${urls.affilkaReportUrl({ brands: ['12'], token: fresh })} ${urls.dashboardUrl()}"`,
  );
  await type(`/offer show ${urls.affilkaReportUrl()}`);
  await type(`/offer add ${urls.affilkaReportUrl()} nmae:x`);
  await type(urls.affilkaReportUrl());
  await type(`/postback check ${urls.affilkaReportUrl()}`);
  programme.expireToken(tokens.affilka);
  await type('/offer sync 1');
  await type(`/offer renew 1 ${urls.affilkaReportUrl({ brands: ['12'], token: fresh })}`);
  programme.faults.set('status-500', { next: 3 });
  await type('/offer sync');
  for (const line of ['/offer list', '/offer show 1', '/offer export', '/alert list']) await type(line);

  const stored = [];
  for (const file of await filesUnder(join(folder, 'data'))) {
    stored.push({ file, text: (await readFile(file)).toString('latin1') });
  }
  await tallyman.close();

  expect(replies).toHaveLength(17);
  expect(posted.length).toBeGreaterThan(3);
  expect(stored.map(({ file }) => file).some((file) => file.endsWith('-wal'))).toBe(true);
  const said = JSON.stringify([replies, posted], (_key, value) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
  );
  for (const token of [tokens.affilka, tokens.referon, fresh]) {
    for (const spelling of spellings(token)) {
      expect(said).not.toContain(spelling);
      expect(logged).not.toContain(spelling);
      for (const { file, text } of stored) expect(text.includes(spelling), file).toBe(false);
    }
  }
  expect(logged).toContain('command answered');
});
