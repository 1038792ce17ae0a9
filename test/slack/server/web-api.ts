import type { IncomingMessage, ServerResponse } from 'node:http';
import { botScopes } from '../../../adapters/slack/scopes.js';
import type { Ledger } from '../../specs/ledger.js';
import { faultOfBlocks } from './check-blocks.js';
import { methods, Refusal } from './methods.js';
import { recordCall, recordResponse } from './record-call.js';
import type { Json, SlackState, Team } from './state.js';

/** What happens to the next call of a method. `lost` is after the work was done, `dropped` before. */
export type Fault =
  | { readonly kind: 'error'; readonly code: string }
  | { readonly kind: 'status'; readonly status: number; readonly isDone?: boolean }
  | { readonly kind: 'rate-limited'; readonly seconds: number }
  | { readonly kind: 'dropped' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'held'; readonly until: Promise<unknown> }
  /** The connection drops now, and the work is handed over to be done when it pleases. */
  | { readonly kind: 'late'; keep(act: () => void): void };

export interface WebApi {
  readonly faults: Map<string, Fault[]>;
  /** Asked for a fault of every call that has none of its own. */
  weather: ((method: string, args: Json) => Promise<Fault | null>) | null;
  /** Methods that need no bot token: OAuth and Socket Mode's own. */
  readonly special: Map<string, (args: Json, token: string) => Json>;
  answer(request: IncomingMessage, response: ServerResponse, base: string): Promise<void>;
}

/** Slack's Web API over HTTP, as strict as its documents. */
export function createWebApi(state: SlackState, ledger: Ledger): WebApi {
  const faults: WebApi['faults'] = new Map();
  const special: WebApi['special'] = new Map();
  const api: WebApi = { faults, special, weather: null, answer };

  async function answerMethod(
    method: string,
    request: IncomingMessage,
    response: ServerResponse,
    base: string,
  ) {
    const args = parseArgs(await bodyOf(request));
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? String(args.token ?? '');
    delete args.token;
    const team = state.teams.find((known) => known.token === token) ?? null;
    state.calls.push({ method, args, teamId: team?.id ?? null });
    recordCall(ledger, state, method, args);
    const fault = faults.get(method)?.shift() ?? (await api.weather?.(method, args));
    if (fault?.kind === 'held') await fault.until;
    if (fault?.kind === 'dropped') return void request.socket.destroy();
    if (fault?.kind === 'late') {
      fault.keep(() => void run(method, token, team, args, base));
      return void request.socket.destroy();
    }
    if (fault?.kind === 'status') {
      if (fault.isDone) run(method, token, team, args, base);
      return void response.writeHead(fault.status).end('upstream trouble');
    }
    if (fault?.kind === 'rate-limited') {
      response.writeHead(429, { 'retry-after': String(fault.seconds) });
      return void response.end();
    }
    const answer =
      fault?.kind === 'error' ? { ok: false, error: fault.code } : run(method, token, team, args, base);
    if (fault?.kind === 'lost') return void request.socket.destroy();
    const scopes = team && !team.refused ? { 'x-oauth-scopes': (team.scopes ?? botScopes).join(',') } : {};
    response.writeHead(200, { 'content-type': 'application/json', ...scopes }).end(JSON.stringify(answer));
  }

  function run(method: string, token: string, team: Team | null, args: Json, base: string): Json {
    try {
      const own = special.get(method);
      if (own) return { ok: true, ...own(args, token) };
      const work = methods[method];
      if (!work) throw new Refusal('unknown_method');
      if (!team) throw new Refusal(token ? 'invalid_auth' : 'not_authed');
      if (team.refused) throw new Refusal(team.refused);
      return { ok: true, ...work({ state, team, args, base }) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const [code, detail] = error.message.split(': ');
      return { ok: false, error: code, ...(detail ? { response_metadata: { messages: [detail] } } : {}) };
    }
  }

  async function answer(request: IncomingMessage, response: ServerResponse, base: string): Promise<void> {
    const path = new URL(request.url ?? '/', base).pathname;
    const method = /^\/api\/(.+)$/.exec(path)?.[1];
    const file = /^\/upload\/(.+)$/.exec(path)?.[1];
    if (method) return answerMethod(method, request, response, base);
    if (file) return takeUpload(state, file, request, response);
    const stored = /^\/files\/(.+)$/.exec(path)?.[1];
    if (stored) return giveFile(state, stored, request, response);
    if (state.responses.has(path)) return takeResponse({ state, ledger }, path, request, response);
    response.writeHead(404).end();
  }

  return api;
}

async function takeUpload(state: SlackState, id: string, request: IncomingMessage, response: ServerResponse) {
  const body = await bodyOf(request);
  const file = state.files.find((one) => one.id === id && one.content === null);
  if (!file || body.length !== file.length) return void response.writeHead(400).end();
  file.content = body;
  response.writeHead(200).end(`OK - ${body.length}`);
}

/** A file goes to whoever shows a token of its workspace; everybody else gets the page to log in on. */
function giveFile(state: SlackState, id: string, request: IncomingMessage, response: ServerResponse): void {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const team = state.teams.find((known) => known.token === token);
  const file = state.files.find((one) => one.id === id && one.teamId === team?.id);
  if (!file) {
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end('<!DOCTYPE html><p>Sign in</p>');
    return;
  }
  response.writeHead(200, { 'content-type': 'text/csv' }).end(file.content);
}

async function takeResponse(
  { state, ledger }: { readonly state: SlackState; readonly ledger: Ledger },
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const body = JSON.parse((await bodyOf(request)).toString()) as Json;
  const address = state.responses.get(path);
  state.calls.push({ method: 'response_url', args: body, teamId: null });
  recordResponse(ledger, state, path, body);
  if (!address || address.until < state.now()) return void response.writeHead(404).end('expired_url');
  if (address.uses >= 5) return void response.writeHead(404).end('used_url');
  const blocks = (body.blocks ?? []) as Json[];
  const fault = faultOfBlocks(state, blocks, 'message');
  if (fault) return void response.writeHead(400).end(fault);
  if (!body.text && blocks.length === 0) return void response.writeHead(400).end('no_text');
  address.uses += 1;
  const { user, channel } = address;
  if (body.response_type === 'in_channel') return void response.writeHead(400).end('repeats what was typed');
  state.whispers.push({ channel, user, text: String(body.text ?? ''), blocks, via: 'response_url' });
  response.writeHead(200).end('ok');
}

export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const structured = ['blocks', 'metadata', 'view', 'files'];

/** The client sends forms, with JSON in those fields that are not plain. */
function parseArgs(body: Buffer): Json {
  const args: Json = Object.fromEntries(new URLSearchParams(body.toString()));
  for (const name of structured) if (typeof args[name] === 'string') args[name] = JSON.parse(args[name]);
  if (args.include_all_metadata === 'false') delete args.include_all_metadata;
  return args;
}
