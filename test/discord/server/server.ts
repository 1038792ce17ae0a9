import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Ledger, unkept } from '../../specs/ledger.js';
import * as channels from './channel-routes.js';
import * as errors from './errors.js';
import { createGateway, type GatewayServer } from './gateway.js';
import * as interactions from './interaction-routes.js';
import { readUpload, type Upload } from './read-upload.js';
import { recordBody } from './record-body.js';
import { commandFaults, type Definition } from './rules.js';
import { applicationId, botToken, createWorld, type World } from './world.js';

export interface DiscordServer {
  readonly world: World;
  readonly ledger: Ledger;
  readonly gateway: GatewayServer;
  /** The API's address, for `rest.api`. */
  readonly apiUrl: string;
  /** Nobody can connect until it comes back, at the same address. */
  goDown(): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly upload: Upload;
}

/** A server that speaks Discord's API v10 and its gateway on loopback, as strictly as the documentation. */
export async function startDiscordServer(
  now?: () => number,
  ledger: Ledger = unkept,
): Promise<DiscordServer> {
  const world = createWorld(now);
  let port = 0;
  let base = '';
  const gateway = createGateway(world, () => base.replace('http', 'ws'));
  const server = createServer((request, response) => {
    answer({ world, ledger, base }, request, response).catch((error: unknown) => {
      // A client that is killed while it sends has not made this server fail.
      if (request.complete) world.complaints.push(`the server itself failed: ${String(error)}`);
      response.destroy();
    });
  });
  server.on('upgrade', (request, socket, head) => gateway.upgrade(request, socket, head));
  const listen = () => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen();
  port = (server.address() as AddressInfo).port;
  base = `http://127.0.0.1:${port}`;
  return {
    world,
    ledger,
    gateway,
    apiUrl: `${base}/api`,
    async goDown() {
      gateway.drop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    comeBack: listen,
    async close() {
      gateway.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(
  { world, ledger, base }: { readonly world: World; readonly ledger: Ledger; readonly base: string },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', base);
  if (url.pathname.startsWith('/attachments/')) return giveAttached(world, request, response);
  const path = url.pathname.replace(/^\/api\/v10/, '');
  const method = request.method ?? 'GET';
  const upload = await readUpload(request);
  const record = (status: number) => world.requests.push({ method, path, body: upload.json, status });
  recordBody(ledger, world, { method, path }, upload);
  const planned = world.faults.find((one) => one.times > 0 && one.method === method && one.path.test(path));
  if (planned) planned.times -= 1;
  const fault = planned ?? (await world.weather?.(method, path)) ?? null;
  const spoil = (): boolean => {
    if (!fault) return false;
    record(typeof fault.answer === 'number' ? fault.answer : 0);
    if (fault.answer === 'drop') response.destroy();
    else {
      const wait = fault.retryAfter;
      if (wait !== undefined) response.setHeader('Retry-After', String(wait));
      const body = {
        message: 'fault',
        code: fault.code ?? 0,
        ...(wait === undefined ? {} : { retry_after: wait }),
      };
      json(response, fault.answer, body);
    }
    return true;
  };
  const work = () => route(world, base, { method, path, query: url.searchParams, upload });
  if (typeof fault?.when === 'function') fault.when(work);
  if (fault && fault.when !== 'after' && spoil()) return;
  try {
    if (!isOpen(path) && request.headers.authorization !== `Bot ${botToken}`) throw errors.unauthorized();
    limitPosts(world, response, method, path);
    const result = work();
    if (fault && spoil()) return;
    record(200);
    json(response, result === undefined ? 204 : 200, result);
  } catch (error) {
    if (!(error instanceof errors.ApiError)) throw error;
    record(error.status);
    json(response, error.status, { message: error.message, code: error.code });
  }
}

/** The content server is public: whoever knows the address reads the file, and no token belongs there. */
function giveAttached(world: World, request: IncomingMessage, response: ServerResponse): void {
  if (request.headers.authorization) world.complaints.push('a token was sent to the content server');
  const content = world.attached.get(request.url ?? '');
  response.writeHead(content ? 200 : 404).end(content);
}

/** An interaction's own token is all that its routes ask for. */
function isOpen(path: string): boolean {
  return path.startsWith('/interactions/') || path.startsWith('/webhooks/');
}

function limitPosts(world: World, response: ServerResponse, method: string, path: string): void {
  const channel = /^\/channels\/(\d+)\/messages$/.exec(path)?.[1];
  if (method !== 'POST' || !channel) return;
  const isPost = (one: { method: string; path: string; status: number }) =>
    one.method === 'POST' && one.path === path && one.status === 200;
  const posted = world.requests.filter(isPost).length;
  const remaining = Math.max(0, world.postsAllowed - posted);
  response.setHeader('X-RateLimit-Bucket', 'posts');
  response.setHeader('X-RateLimit-Limit', String(world.postsAllowed));
  response.setHeader('X-RateLimit-Remaining', String(Math.max(0, remaining - 1)));
  response.setHeader('X-RateLimit-Reset-After', '5');
  if (remaining > 0) return;
  response.setHeader('Retry-After', '5');
  throw new errors.ApiError(429, 0, 'You are being rate limited.');
}

function route(world: World, base: string, { method, path, query, upload }: Call): unknown {
  const parts = path.split('/').slice(1);
  const [first = '', second = '', third = '', fourth = '', fifth = ''] = parts;
  const shape = `${method} /${parts.map((part) => (/^\d{15,}$/.test(part) ? ':id' : part)).join('/')}`;
  if (first === 'interactions' && fourth === 'callback' && method === 'POST') {
    const found = world.interactions.get(second);
    return interactions.takeCallback(world, found?.token === third ? found : undefined, upload);
  }
  if (first === 'webhooks' && fourth === 'messages' && fifth === '@original') {
    if (method === 'PATCH') return interactions.editOriginal(world, second, third, upload);
    if (method === 'DELETE') return interactions.deleteOriginal(world, second, third);
  }
  if (first === 'webhooks' && parts.length === 3 && method === 'POST') {
    return interactions.followUp(world, second, third, upload);
  }
  switch (shape) {
    case 'GET /gateway/bot':
      return {
        url: base.replace('http', 'ws'),
        shards: world.application.shards,
        session_start_limit: { total: 1000, remaining: 999, reset_after: 0, max_concurrency: 16 },
      };
    case 'GET /users/@me':
      return selfJson();
    case 'GET /applications/@me':
      return applicationJson(world);
    case 'PUT /applications/:id/commands':
      return register(world, second, upload.json as Definition[]);
    case 'POST /users/@me/channels':
      return channels.openDirect(world, (upload.json as { recipient_id: string }).recipient_id);
    case 'GET /channels/:id':
      return channels.channelJson(channels.usableChannel(world, second));
    case 'GET /channels/:id/messages':
      return channels.history(world, second, query);
    case 'POST /channels/:id/messages':
      return channels.createMessage(world, second, upload);
    case 'PATCH /channels/:id/messages/:id':
      return channels.editMessage(world, second, fourth, upload);
    case 'POST /channels/:id/messages/:id/threads':
      return channels.startThread(world, second, fourth, upload);
    case 'GET /guilds/:id':
      return guildJson(world, second);
    case 'GET /guilds/:id/members/:id':
      return memberJson(world, second, fourth);
  }
  throw new errors.ApiError(404, 0, `404: Not Found (${shape})`);
}

function register(world: World, application: string, definitions: readonly Definition[]): unknown {
  if (application !== applicationId) throw errors.missingAccess();
  const faults = commandFaults(definitions);
  if (faults.length > 0) {
    world.complaints.push(...faults);
    throw errors.invalidForm(faults);
  }
  world.registered = definitions;
  world.registrations += 1;
  return definitions;
}

function selfJson(): unknown {
  return {
    id: applicationId,
    username: 'Tallyman',
    discriminator: '0',
    global_name: null,
    avatar: null,
    bot: true,
    public_flags: 0,
    flags: 0,
    mfa_enabled: true,
    locale: 'en-GB',
  };
}

function applicationJson({ application, guilds }: World): unknown {
  return {
    id: applicationId,
    name: 'Tallyman',
    icon: null,
    description: '',
    type: null,
    bot_public: true,
    verify_key: application.verifyKey,
    flags: 0,
    redirect_uris: [],
    interactions_endpoint_url: application.interactionsEndpointUrl,
    approximate_guild_count: [...guilds.values()].filter(({ hasBot }) => hasBot).length,
  };
}

function guildJson(world: World, id: string): unknown {
  const guild = world.guilds.get(id);
  if (!guild?.hasBot) throw errors.unknownGuild();
  const admins = { id: `${BigInt(id) + 1n}`, name: 'Admins', permissions: '32' };
  return {
    id,
    owner_id: guild.owner,
    name: `Server ${id}`,
    roles: [{ id, name: '@everyone', permissions: '2048' }, admins],
  };
}

function memberJson(world: World, guild: string, user: string): unknown {
  const member = world.guilds.get(guild)?.members.get(user);
  if (!world.guilds.get(guild)?.hasBot) throw errors.missingAccess();
  if (!member) throw errors.unknownMember();
  const isAdmin = (member.permissions & 32n) !== 0n;
  return {
    user: { id: user, username: member.user.name },
    roles: isAdmin ? [`${BigInt(guild) + 1n}`] : [],
    pending: member.pending,
  };
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status;
  if (body === undefined) {
    response.end();
    return;
  }
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(body));
}
