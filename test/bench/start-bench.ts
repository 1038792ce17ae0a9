import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { addGuild, addPerson } from '../discord/server/people.js';
import { startDiscordServer } from '../discord/server/server.js';
import { botToken } from '../discord/server/world.js';
import { appToken, openSlackServer } from '../slack/server/slack-server.js';
import { type Line, line, median } from './table.js';

const program = fileURLToPath(new URL('../../src/main.js', import.meta.url));
const clients = fileURLToPath(new URL('./side-clients.js', import.meta.url));
/** Long enough for what is made at the start to be collected. */
const idleMs = 6000;

/** Time to the first answer in the terminal beside bare node, and idle memory beside the bare clients. */
export async function benchStart(rounds: number): Promise<Line[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tallyman-start-'));
  const own = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    DATABASE_URL: `sqlite:${join(folder, 'data', 'tallyman.db')}`,
    TALLYMAN_KEY_FILE: join(folder, 'keys', 'key.json'),
  };
  try {
    return [...(await firstAnswers(own, rounds)), ...(await idleMemory(own))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Variables = Readonly<Record<string, string>>;

async function firstAnswers(env: Variables, rounds: number): Promise<Line[]> {
  const times = { ours: [] as number[], bare: [] as number[] };
  for (let round = 0; round <= rounds; round += 1) {
    const bare = await timeOf(['-e', 'console.log(1)'], env);
    const ours = await timeOf([program, 'offer', 'list'], env);
    // The first round makes the database.
    if (round === 0) continue;
    times.bare.push(bare);
    times.ours.push(ours);
  }
  const [ours, bare] = [median(times.ours), median(times.bare)];
  return [
    line('first answer in the terminal', 'bare node', ours / bare),
    line('first answer in the terminal, in ms', '', ours),
    line('bare node, in ms', '', bare),
  ];
}

async function timeOf(args: readonly string[], env: Variables): Promise<number> {
  const began = performance.now();
  await promisify(execFile)(process.execPath, [...args], { env: { ...env } });
  return performance.now() - began;
}

/** Both processes speak to the same pretend Slack and Discord, one after the other. */
async function idleMemory(own: Variables): Promise<Line[]> {
  const slack = await openSlackServer();
  const team = slack.addTeam({ id: 'T0BENCH' });
  const discord = await startDiscordServer();
  addGuild(discord.world, addPerson(discord.world, 'Ann'));
  const chats = {
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: team.token,
    SLACK_APP_TOKEN: appToken,
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_TOKEN: botToken,
  };
  const idle = async (script: string, ready: string) =>
    memoryOf(script, ready, { ...own, ...chats }, () => {
      if (slack.socket.connections() === 0 || !discord.gateway.sessions.some(({ socket }) => socket)) {
        throw new Error(`${script} is not connected to both`);
      }
    });
  const bare = await idle(clients, 'connected');
  const ours = await idle(program, '"at work"');
  await slack.close();
  await discord.close();
  return [
    line('idle memory with Slack and Discord connected', 'Bolt and discord.js alone', ours / bare),
    line('idle memory with Slack and Discord connected, in MB', '', ours),
    line('Bolt and discord.js alone, in MB', '', bare),
  ];
}

/** Starts a script, waits until it has said that it is ready and then for a while, and reads its resident memory. */
async function memoryOf(script: string, ready: string, env: Variables, check: () => void): Promise<number> {
  const child = spawn(process.execPath, [script], { env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  let heard = '';
  await new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      heard += chunk.toString();
      if (heard.includes(ready)) resolve();
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    void ended.then(() => reject(new Error(`${script} ended:\n${heard}`)));
  });
  await new Promise((resolve) => setTimeout(resolve, idleMs));
  check();
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  child.kill('SIGTERM');
  await ended;
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}
