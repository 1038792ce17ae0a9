import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createChartRenderer } from '../../adapters/chart/chart-renderer.js';
import { createScreen } from '../../adapters/terminal/screen.js';
import { startTerminal } from '../../adapters/terminal/terminal.js';
import { createPrometheus } from '../../adapters/web/prometheus.js';
import { backupDatabase } from '../../db/backup.js';
import type { Reply } from '../../src/dispatch.js';
import { doctorCard } from '../../src/doctor.js';
import type { HttpRequest } from '../../src/ports.js';
import {
  byteFaults,
  contentFaults,
  refusals,
  replacements,
  variations,
  wireFaults,
} from '../sandbox/faults.js';
import { type Parrot, parrotModes, startParrot } from '../support/parrot.js';
import { plant } from '../support/plant.js';
import { findSecrets, needlesFor, type Trace } from '../support/token-search.js';
import { type Bot, withBot } from '../support/with-bot.js';

const run = promisify(execFile);
/** Puts into one list whatever the bot says, writes and keeps. */
function collector(bot: Bot) {
  const traces: Trace[] = [];
  let unexpected = 0;
  const keep = (place: string, content: string | Uint8Array) => traces.push({ place, content });
  const keepReply = (line: string, reply: Reply) => {
    keep(`reply to ${line.slice(0, 24)}`, JSON.stringify(reply.card));
    for (const file of reply.files) keep(`file ${file.name}`, file.content);
    if (reply.card.problems?.includes('own.unexpected')) unexpected += 1;
    return reply;
  };
  return {
    traces,
    keep,
    unexpected: () => unexpected,
    type: async (line: string) => keepReply(line, await bot.type(line)),
    press: async (reply: Reply, label: RegExp) =>
      keepReply(`button ${label}`, await bot.press(reply.card, label)),
    keepReply,
  };
}

type Collector = ReturnType<typeof collector>;

function at(host: string, url: string): string {
  return url.replace(/^http:\/\/[^/]+/, `http://${host}`);
}

/** Every way to hand over a URL that is refused, each with a token of its own. */
async function pasteRefused(bot: Bot, { type, keepReply }: Collector, planted: string[]): Promise<void> {
  const { urls } = bot.programme;
  const link = (token: string) => urls.affilkaReportUrl({ token });
  const sheet = [
    (url: string) => url.replace('http:', 'https:').replace(/127\.0\.0\.1:\d+/, '10.0.0.7'),
    (url: string) => url.replace(/127\.0\.0\.1:\d+/, 'intranet'),
    (url: string) => url.replace('.json', '.xml'),
    (url: string) => url.replace('report.json', 'somewhere/else'),
    (url: string) => url.replace('http://', 'http://ann:secret@'),
    (url: string) => url.replace('page=1', 'page=3').replace(/&group_by%5B%5D=brand/, ''),
    (url: string) => `<${url.replaceAll('&', '&amp;')}>.`,
    (url: string) => encodeURIComponent(url),
    (url: string) => `${url.slice(0, 40)} ${url.slice(40)}`,
    (url: string) => `https://track.example/redirect?to=${encodeURIComponent(url)}`,
    (url: string) => url.replace('token=', 'tokn='),
    (url: string) => url.replace('token=', 'TOKEN='),
    (url: string) => url.replace('token=', 'auth='),
    (url: string) => Buffer.from(url).toString('base64'),
    (url: string) => `${url}&from=2026-99-99&columns%5B%5D=${'x'.repeat(3000)}`,
  ];
  for (const change of sheet) {
    for (const command of [
      '/offer check',
      '/offer add',
      '/offer renew Lucky',
      '/postback check',
      '/offer show',
      '',
    ]) {
      await type(`${command} ${change(link(plant(planted)))}`.trim());
    }
  }
  const wrongPlaces = [
    (token: string) => `/offer edit Lucky currency:${token}`,
    (token: string) => `/offer edit Lucky from:${token}`,
    (token: string) => `/offer remove ${link(token)}`,
    (token: string) => `/offer pause "${token}"`,
    (token: string) => `/offer renew ${link(token)}`,
    (token: string) => `/report offer:"${link(token)}"`,
    (token: string) => `/report range:${token}`,
    (token: string) => `/report by:${token}`,
    (token: string) => `/report metrics:${token}`,
    (token: string) => `/digest schedule at:09:00 tz:${token}`,
    (token: string) => `/alert settings tz:${token}`,
    (token: string) => `/report from:${token}`,
    (token: string) => `/report offer:${token}`,
    (token: string) => `/offer show ${token}`,
    (token: string) => `/digest stop channel:#${token.replace(/\W/g, '')}${'x'.repeat(90)}`,
    (token: string) => `/alert ack ${token}`,
    (token: string) => `/alert snooze 1 for:${token}`,
    (token: string) => `/alert settings quiet:${token}`,
    (token: string) => `/${token}`,
    (token: string) => `/offer ${token}`,
    (token: string) => `/offer check ${link(token)} tokn:${token} "`,
    (token: string) => `/offer check ${token}:${token}`,
    (token: string) => `${token} ${link(token)}`,
  ];
  for (const line of wrongPlaces) await type(line(plant(planted)));
  const form = await bot.tallyman.dispatch.prepareLine(
    `/offer renew token:${plant(planted)}`,
    bot.caller,
    true,
  );
  if (form.kind !== 'form') throw new Error('no form was shown');
  keepReply('form', {
    ok: true,
    private: true,
    files: [],
    card: { title: JSON.stringify(form), tone: 'plain', blocks: [] },
  });
  const sent = await bot.tallyman.dispatch.submit(
    form.form.id,
    { offer: 'Lucky', url: link(plant(planted)) },
    bot.caller,
  );
  if (sent.kind === 'run') keepReply('submitted form', await sent.run());
}

async function useEverything(bot: Bot, kept: Collector, planted: string[], parrot: Parrot): Promise<void> {
  const { programme } = bot;
  const { urls } = programme;
  const { type, press } = kept;
  const { core } = bot.tallyman;
  const { get } = core.http;
  Object.assign(core, { http: { get: (request: HttpRequest) => get({ ...request, deadlineMs: 1000 }) } });
  const affilka = programme.issueToken('affilka');
  const referon = programme.issueToken('referon');
  const customer = programme.issueToken('affilka');
  const renewed = programme.issueToken('affilka');
  planted.push(
    ...[affilka, referon, customer, renewed].map((token) => token.slice('test-token-'.length, -4)),
  );

  await type(`/offer add ${urls.affilkaReportUrl({ token: affilka })} name:Lucky anyway:yes`);
  await type(`/offer add ${urls.referonExportUrl({ token: referon })} name:Refer currency:EUR anyway:yes`);
  const api = urls.affilkaCustomerUrl({ token: customer });
  await type(`/offer add ${api.url} token:${customer} name:Customer anyway:yes`);
  const faulty = await type(
    `/offer check ${urls.affilkaReportUrl({ token: renewed, page: 3, period: 'week' })}`,
  );
  await press(faulty, /^Fix/);
  await bot.settle();
  await pasteRefused(bot, kept, planted);

  const lines = [1, 2, 3].map(() => urls.affilkaReportUrl({ token: plant(planted) }));
  const list = `url,name,token\n${lines.join(',a,\n')},b,${plant(planted)}\n`;
  const imported = await bot.tallyman.dispatch.prepare(
    { command: 'offer import', options: { list }, caller: bot.caller },
    false,
  );
  if (imported.kind === 'run') kept.keepReply('import', await imported.run());

  for (const platform of ['affilka', 'referon'] as const) {
    const token = plant(planted, '+/=');
    const url = platform === 'affilka' ? urls.affilkaReportUrl({ token }) : urls.referonExportUrl({ token });
    const name = `Parrot ${platform}`;
    await type(`/offer add ${at(parrot.host, url)} name:"${name}" currency:EUR anyway:yes`);
    await bot.settle();
    for (const mode of Object.keys(parrotModes)) {
      parrot.say(mode);
      const other = plant(planted, '+/=');
      await type(
        `/offer check ${at(parrot.host, url).replace(/token=[^&]+/, `token=${other}`)} currency:EUR`,
      );
      await type(`/offer sync "${name}"`);
      await bot.settle();
    }
    parrot.say('good');
  }
  const faults = [...replacements, ...byteFaults, ...contentFaults, ...variations, ...wireFaults] as const;
  for (const fault of faults) {
    programme.faults.set(fault, { mebibytes: 9 });
    await type('/offer sync Lucky');
    await type('/offer sync Refer');
    await bot.settle();
    programme.faults.clear();
  }
  await bot.passHours(3);
  for (const refusal of refusals) {
    programme.faults.refuseWith('affilka', refusal);
    programme.expireToken(affilka);
    await bot.passHours(2);
  }
  await bot.passHours(25);
  await type(`/offer renew Lucky ${urls.affilkaReportUrl({ token: renewed })} anyway:yes`);
  await bot.settle();
  for (const line of [
    '/help',
    '/offer list',
    '/offer show Lucky',
    '/offer show Refer',
    '/offer export',
    '/digest now',
    '/digest list',
    '/digest schedule at:09:00 tz:Europe/Malta',
    '/report 7d',
    '/report 7d as:csv',
    '/report 7d as:chart',
    '/report 7d by:brand share:true',
    '/alert list',
    '/alert ack 1',
    '/alert snooze 2 for:4h',
    '/alert settings',
    '/alert test',
    '/offer pause Refer',
    '/offer resume Refer',
    '/offer edit Refer name:"Refer 2"',
    '/offer remove Customer',
  ])
    await type(line);
  await bot.passHours(26);
}

/** What nobody expects: our own parts failing with errors that hold the whole request. */
async function breakInside(bot: Bot, kept: Collector, planted: string[]): Promise<void> {
  const { core } = bot.tallyman;
  const token = plant(planted);
  const url = bot.programme.urls.affilkaReportUrl({ token });
  const intact = { ...core };
  const thrown = [
    new Error(`boom at ${url}`, { cause: new Error(token) }),
    Object.assign(new TypeError(`bad header "${token}"`), { code: token, request: { url } }),
    { url, token },
    token,
    Object.assign(new Error('aggregate'), { errors: [new Error(url)], [token]: 1 }),
  ];
  for (const error of thrown) {
    const parts = {
      http: {
        get: async (request: { url: string }) => {
          await intact.http
            .get({ url: request.url.replace(/127\.0\.0\.1:\d+/, '127.0.0.1:9') })
            .catch(() => {});
          throw error;
        },
      },
      messengers: new Map([
        [
          'terminal',
          {
            send: async () => {
              throw error;
            },
            edit: async () => {
              throw error;
            },
            find: async () => {
              throw error;
            },
          },
        ],
      ]),
    };
    Object.assign(core, parts);
    await kept.type(`/offer check ${url}`);
    await kept.type('/offer sync Lucky');
    await kept.type('/alert test');
    await bot.tallyman.work.plan();
    await bot.settle();
    Object.assign(core, { http: intact.http, messengers: intact.messengers });
    bot.clock.advance(3_600_000);
    await bot.settle();
  }
  kept.keep(
    'doctor',
    JSON.stringify(
      await doctorCard([
        {
          name: 'x',
          look: async () => {
            throw thrown[0];
          },
        },
      ]),
    ),
  );
}

/** A person at the terminal, and the finished program's own words about itself. */
async function useTerminal(bot: Bot, kept: Collector, planted: string[]): Promise<void> {
  for (const json of [false, true]) {
    const input = new PassThrough();
    const output = Object.assign(new PassThrough(), { columns: 80 });
    let shown = '';
    output.on('data', (chunk: Buffer) => {
      shown += chunk.toString();
    });
    const screen = createScreen({
      output,
      errorOutput: output,
      json,
      interactive: false,
      colour: true,
      filesFolder: join(bot.folder, 'files'),
      charts: createChartRenderer(),
    });
    const url = bot.programme.urls.affilkaReportUrl({ token: plant(planted) });
    input.end(
      [`/offer check ${url}`, `/offer shw ${url}`, url, '/offer list', '/report 7d as:csv', '1'].join('\n'),
    );
    await startTerminal({
      dispatch: bot.tallyman.dispatch,
      screen,
      caller: bot.caller,
      input,
      settle: bot.settle,
      historyFile: join(bot.folder, 'data', 'history'),
    });
    kept.keep(`terminal${json ? ' as JSON' : ''}`, shown);
  }
}

async function runProgram(bot: Bot, kept: Collector, environment: Record<string, string>): Promise<void> {
  for (const words of [['doctor'], ['--json', '/offer list'], ['/offer sync Lucky']]) {
    const { stdout, stderr } = await run(process.execPath, ['--import', 'tsx', 'src/main.ts', ...words], {
      env: {
        PATH: process.env.PATH,
        ...environment,
        LOG_LEVEL: 'debug',
        DATABASE_URL: `sqlite:${bot.databaseFile}`,
        TALLYMAN_KEY_FILE: join(bot.folder, 'keys', 'key.json'),
        ALLOW_PRIVATE_HOSTS: bot.programme.host,
      },
    }).catch((failed: { stdout: string; stderr: string }) => failed);
    kept.keep(`program ${words[0]}`, `${stdout}\n${stderr}`);
  }
}

function keepFiles(bot: Bot, { keep }: Collector): number {
  const files = readdirSync(bot.folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  for (const file of files) {
    const path = join(file.parentPath, file.name);
    keep(path.slice(bot.folder.length + 1), readFileSync(path));
  }
  return files.length;
}

describe('planted secrets', () => {
  test('the search finds a secret in every spelling', () => {
    const secret = 'Ab9+/xYz01=QwErTy';
    const spelled = [
      secret,
      encodeURIComponent(secret),
      encodeURIComponent(encodeURIComponent(secret)),
      JSON.stringify(`"${secret}/`),
      ...['', 'x', 'xy'].map((before) => Buffer.from(`${before}${secret}${before}`).toString('base64')),
      Buffer.from(`{"a":"${secret}"}`).toString('base64url'),
      Buffer.from(secret).toString('hex'),
      Buffer.from(secret, 'utf16le'),
      secret.slice(0, 12),
      secret.slice(3),
      secret.toUpperCase(),
      Array.from(secret).reverse().join(''),
    ];
    const needles = needlesFor([secret]);

    expect(spelled.map((content) => findSecrets(needles, [{ place: 'x', content }]).length)).toEqual(
      spelled.map(() => 1),
    );
    expect(findSecrets(needles, [{ place: 'x', content: 'the last four …ErTy and Ab9+/' }])).toEqual([]);
  });

  test('none is found anywhere after everything was used and everything has failed', {
    timeout: 600_000,
  }, async () => {
    const planted: string[] = [];
    const logged: string[] = [];
    const parrot = await startParrot();
    const prometheus = createPrometheus();
    const environment = {
      SLACK_BOT_TOKEN: `xoxb-${plant(planted)}`,
      SLACK_APP_TOKEN: `xapp-${plant(planted)}`,
      SLACK_SIGNING_SECRET: plant(planted),
      DISCORD_TOKEN: `${plant(planted)}.${plant(planted)}`,
    };
    try {
      await withBot(
        async (bot) => {
          const kept = collector(bot);
          await useEverything(bot, kept, planted, parrot);
          await breakInside(bot, kept, planted);
          await useTerminal(bot, kept, planted);
          await runProgram(bot, kept, environment);
          for (const secret of Object.values(environment)) {
            bot.tallyman.core.log.error({ error: new Error(`refused ${secret}`) }, `refused ${secret}`);
          }
          backupDatabase(bot.databaseFile, join(bot.folder, 'backup.db'));
          await writeFile(join(bot.folder, 'checkpointed'), '');
          const backlog = () => bot.tallyman.core.stores.backlog.measure();
          kept.keep('metrics', (await prometheus.page(bot.clock, backlog)).text);
          const files = keepFiles(bot, kept);
          for (const { to, history } of bot.said) kept.keep(`message to ${to}`, JSON.stringify(history));
          kept.keep('log', logged.join(''));

          const needles = needlesFor(planted);
          const finds = findSecrets(needles, kept.traces);
          const bytes = kept.traces.reduce((sum, trace) => sum + trace.content.length, 0);
          console.log(
            `planted ${planted.length} secrets, looked for ${needles.length} spellings in ${kept.traces.length} texts ` +
              `(${(bytes / 1e6).toFixed(1)} MB, ${files} files, ${logged.length} log lines, ${bot.said.length} messages, ` +
              `${kept.unexpected()} unexpected errors, ${parrot.heard()} answers that repeat the token): ${finds.length} found`,
          );
          expect(finds.map(({ place, spelling, around }) => `${place} (${spelling}): ${around}`)).toEqual([]);
          expect(kept.unexpected()).toBeGreaterThan(0);
          expect(logged.length).toBeGreaterThan(20);
        },
        {
          environment: { ...environment, ALLOW_PRIVATE_HOSTS: parrot.host, LOG_LEVEL: 'debug' },
          metrics: prometheus.metrics,
          logTo: { write: (line) => logged.push(line) },
        },
      );
    } finally {
      await parrot.close();
    }
  });
});
