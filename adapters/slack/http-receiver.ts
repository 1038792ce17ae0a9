import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import { addMilliseconds } from '../../src/dates.js';
import type { Clock, Log, Stores } from '../../src/ports.js';
import { limits } from './limits.js';
import type { Unheard } from './say-unheard.js';
import { isSigned } from './signature.js';

export interface HttpReceiver extends Receiver {
  /** Answers Slack's signed request; the answer is the acknowledgement, the work goes on after it. */
  handle(request: Request): Promise<Response>;
}

export interface HttpReceiverOptions {
  readonly signingSecret: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly stores: Pick<Stores, 'installations'>;
  /** Lets work begin after the acknowledgements. */
  readonly inTurn: (work: () => Promise<void>) => void;
  /** Told of what could not be worked on. */
  readonly unheard: (what: Unheard) => Promise<void>;
}

type Body = Record<string, unknown>;

/** Takes Slack's requests from a web server of ours, instead of opening one as Bolt's own receiver does. */
export function createHttpReceiver(options: HttpReceiverOptions): HttpReceiver {
  let app: App | null = null;

  /** A signed request counts once: who recorded it may send it again, and nothing happens. */
  function isFirst(signature: string): Promise<boolean> {
    const until = addMilliseconds(options.clock.now(), 2 * limits.signatureSkewMs);
    return options.stores.installations.markOnce(`slack:signature:${signature}`, until);
  }

  return {
    init(given) {
      app = given;
    },
    start: async () => {},
    stop: async () => {},
    async handle(request) {
      if (request.method !== 'POST') return new Response(null, { status: 405 });
      const text = await readText(request);
      if (text === null) return new Response(null, { status: 413 });
      if (!isSigned(request.headers, text, options)) {
        options.log.info({}, 'a request without a valid signature of Slack was refused');
        return new Response(null, { status: 401 });
      }
      const body = parseBody(request.headers.get('content-type') ?? '', text);
      if (body === null) return new Response(null, { status: 400 });
      if (body.ssl_check) return new Response(null);
      if (body.type === 'url_verification') return Response.json({ challenge: String(body.challenge) });
      if (!app) return new Response(null);
      const event = eventOf(body, request.headers);
      const signature = request.headers.get('x-slack-signature') ?? '';
      if (!answersWithNothing(body)) {
        return (await isFirst(signature)) ? acknowledgement(app, event) : new Response(null);
      }
      const worker = app;
      options.inTurn(async () => {
        try {
          if (await isFirst(signature)) await worker.processEvent({ ...event, ack: async () => {} });
        } catch (error) {
          await options.unheard({ error, body });
        }
      });
      return new Response(null);
    },
  };
}

type Event = Omit<ReceiverEvent, 'ack'>;

function eventOf(body: Body, headers: Headers): Event {
  const retryNum = headers.get('x-slack-retry-num');
  return { body, ...(retryNum ? { retryNum: Number(retryNum) } : {}) };
}

/** Whatever comes of these, Slack is told only that they have arrived: nothing needs to be looked up for that. */
function answersWithNothing({ command, type }: Body): boolean {
  return typeof command === 'string' || type === 'block_actions' || type === 'event_callback';
}

/** Resolves with what the listener acknowledges, while it goes on working. */
function acknowledgement(app: App, event: Event): Promise<Response> {
  return new Promise((resolve) => {
    const ack = async (answer?: unknown) => {
      if (answer === undefined || answer === '') resolve(new Response(null));
      else resolve(typeof answer === 'string' ? new Response(answer) : Response.json(answer));
    };
    app
      .processEvent({ ...event, ack })
      .catch(() => {})
      // A listener that never acknowledged has failed; Slack may try again.
      .finally(() => resolve(new Response(null, { status: 500 })));
  });
}

async function readText(request: Request): Promise<string | null> {
  if (Number(request.headers.get('content-length') ?? 0) > limits.requestBytes) return null;
  const text = await request.text();
  return Buffer.byteLength(text) > limits.requestBytes ? null : text;
}

/** Events come as JSON, commands as a form, interaction as JSON inside a form. */
function parseBody(contentType: string, text: string): Body | null {
  try {
    if (contentType.includes('application/json')) return asBody(JSON.parse(text));
    const form = new URLSearchParams(text);
    const payload = form.get('payload');
    return payload === null ? Object.fromEntries(form) : asBody(JSON.parse(payload));
  } catch {
    return null;
  }
}

function asBody(parsed: unknown): Body | null {
  return typeof parsed === 'object' && parsed !== null ? (parsed as Body) : null;
}
