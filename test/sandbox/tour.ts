import { join } from 'node:path';
import { createChartRenderer } from '../../adapters/chart/chart-renderer.js';
import { keepWorking } from '../../adapters/queue/keep-working.js';
import { createTerminalMessenger } from '../../adapters/terminal/messenger.js';
import { createScreen, type Screen } from '../../adapters/terminal/screen.js';
import { startTerminal } from '../../adapters/terminal/terminal.js';
import type { Caller } from '../../src/command.js';
import { readConfig } from '../../src/config.js';
import { addMilliseconds, clockTimeIn, dayIn, type Instant, readableDay } from '../../src/dates.js';
import type { Prepared } from '../../src/dispatch.js';
import { openTallyman, type Tallyman } from '../../src/main.js';
import { type Programme, startProgramme } from './programme.js';

const hour = 3_600_000;
const minute = 60_000;

/** The pretend day on which the tour begins; from its end on, the clock runs by itself. */
const start: Instant = '2026-11-19T09:12:00.000Z';

const caller: Caller = {
  workspace: 'terminal',
  user: { id: 'ann', name: 'Ann' },
  channel: { id: '#casino', name: '#casino' },
  isGuest: false,
  isSurfaceAdmin: true,
};

/** A clock that the tour moves; `letRun` ties it to real time. */
function tourClock() {
  let now = start;
  let since: number | null = null;
  return {
    now: () => (since === null ? now : addMilliseconds(now, Date.now() - since)),
    advance(milliseconds: number) {
      now = addMilliseconds(now, milliseconds);
    },
    letRun() {
      since = Date.now();
    },
  };
}

interface Stage {
  readonly tallyman: Tallyman;
  readonly programme: Programme;
  readonly screen: Screen;
  readonly clock: ReturnType<typeof tourClock>;
}

/** The guided tour against the pretend programme, then a prompt where there is a terminal. Answers the exit code. */
export async function runDemo(folder: string): Promise<number> {
  const { stdin, stdout, stderr } = process;
  const interactive = Boolean(stdin.isTTY && stdout.isTTY);
  const clock = tourClock();
  const programme = await startProgramme({ now: clock.now });
  const screen = createScreen({
    output: stdout,
    errorOutput: stderr,
    json: false,
    interactive,
    colour: Boolean(stdout.isTTY) && !process.env.NO_COLOR,
    filesFolder: join(folder, 'files'),
    charts: createChartRenderer(),
  });
  const config = readConfig({
    DATABASE_URL: `sqlite:${join(folder, 'data', 'tallyman.db')}`,
    TALLYMAN_KEY_FILE: join(folder, 'key.json'),
    ALLOW_PRIVATE_HOSTS: programme.host,
    LOG_LEVEL: 'error',
  });
  const messengers = new Map([['terminal', createTerminalMessenger(screen)] as const]);
  const tallyman = await openTallyman({ config, clock, exclusive: true, messengers });
  try {
    await tour({ tallyman, programme, screen, clock });
    if (interactive) await goOn({ tallyman, programme, screen, clock });
    return 0;
  } finally {
    await tallyman.close();
    await programme.close();
  }
}

async function tour(stage: Stage): Promise<void> {
  const { programme, screen } = stage;
  const { urls, tokens } = programme;
  say(
    screen,
    'A pretend affiliate programme runs on this machine. You are Ann, and paste its report URL. It has four faults.',
  );
  const columns =
    'visits_count registrations_count depositing_players_count first_deposits_count first_deposits_sum deposits_sum partner_income fixed_per_player prequalified_players_count qualified_players_count';
  const faulty = urls.affilkaReportUrl({
    brands: ['12'],
    groups: ['day', 'campaign'],
    columns: columns.split(' '),
    period: 'month',
    page: 3,
  });
  await type(
    stage,
    `/offer add ${faulty} name:"Lucky Star"`,
    '/offer add https://…/report.json?…&token=…&page=3 name:"Lucky Star"',
  );

  say(
    screen,
    'One press mends what the URL decides. Then seven days are read live, the offer is saved, and its history is fetched.',
  );
  await press(stage, 1);
  await stage.tallyman.work.settle();

  say(screen, 'A second programme, on ReferOn, with a clean URL.');
  const referon = urls.referonExportUrl({ brands: ['14'], currency: 'EUR' });
  await type(
    stage,
    `/offer add ${referon} name:Royal currency:EUR`,
    '/offer add https://…/report-preset/export?id=…&token=… name:Royal currency:EUR',
  );
  await stage.tallyman.work.settle();

  say(screen, 'The bot reads both every hour. The next morning, the digest:');
  await pass(stage, 24);
  await type(stage, '/digest now');

  say(screen, 'In the evening somebody presses "expire" at the programme. The next reading finds out.');
  await pass(stage, 10);
  programme.expireToken(tokens.affilka);
  await pass(stage, 2);

  say(
    screen,
    'Told once, in the channel and to the owner. It stays quiet until Ann pastes a fresh URL the next morning.',
  );
  await pass(stage, 11);
  const fresh = urls.affilkaReportUrl({ brands: ['12'], token: programme.issueToken('affilka') });
  await type(
    stage,
    `/offer renew "Lucky Star" ${fresh}`,
    '/offer renew "Lucky Star" https://…/report.json?…&token=…',
  );
  await stage.tallyman.work.settle();
  say(
    screen,
    `That was the tour. ${programme.requests.total} requests went to the pretend programme, at most one at a time for a token.`,
  );
}

/** The tour's own words, with the pretend time, apart from what the bot says. */
function say(screen: Screen, text: string): void {
  screen.note(`\n${text}`);
}

async function type({ tallyman, screen, clock }: Stage, line: string, shown = line): Promise<void> {
  const at = `${readableDay(dayIn('UTC', clock.now()))} ${clockTimeIn('UTC', clock.now())}`;
  screen.note(`${at}  Ann types:`);
  screen.note(`> ${shown}`);
  await answer(await tallyman.dispatch.prepareLine(line, caller, false), screen);
}

async function press({ tallyman, screen }: Stage, number: number): Promise<void> {
  screen.note(`> ${number}`);
  const id = screen.choices.idOf(number);
  if (id === null) throw new Error(`the tour found no button ${number}`);
  await answer(await tallyman.dispatch.press(id, caller, false), screen);
}

async function answer(prepared: Prepared, screen: Screen): Promise<void> {
  if (prepared.kind === 'form') throw new Error('the tour met a form');
  await screen.reply(await prepared.run(), 0);
}

/** Lets pretend hours pass and does what falls due in each. */
async function pass({ tallyman, clock }: Stage, hours: number): Promise<void> {
  for (let passed = 0; passed < hours * 4; passed += 1) {
    clock.advance(hour / 4);
    await tallyman.work.plan();
    await tallyman.work.settle();
  }
  clock.advance(minute);
}

async function goOn({ tallyman, screen, clock }: Stage): Promise<void> {
  clock.letRun();
  screen.note('Go on by yourself. Some lines to try:');
  screen.note('  /offer list');
  screen.note('  /report range:30d by:month');
  screen.note('  /alert list');
  screen.note('  /digest schedule at:09:00 tz:Europe/Malta');
  const busy = keepWorking(tallyman);
  const { dispatch, work } = tallyman;
  await startTerminal({
    dispatch,
    screen,
    caller,
    input: process.stdin,
    settle: () => work.settle(),
    historyFile: null,
  });
  await busy.stop();
}
