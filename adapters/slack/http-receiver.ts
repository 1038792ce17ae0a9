import type { App, Receiver } from '@slack/bolt';
import { addMilliseconds } from '../../src/dates.js';
import type { Clock, Log, Stores } from '../../src/ports.js';
import { limits } from './limits.js';
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
}

type Body = Record<string, unknown>;

/** Takes Slack's requests from a web server of ours, instead of opening one as Bolt's own receiver does. */
export function createHttpReceiver(options: HttpReceiverOptions): HttpReceiver {
  let app: App | null = null;

  /** A signed request counts once: who recorded it may send it again, and nothing happens. */
  function isFirst(request: Request): Promise<boolean> {
    const signature = request.headers.get('x-slack-signature') ?? '';
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
      if (!app || !(await isFirst(request))) return new Response(null);
      return acknowledgement(app, body, request.headers);
    },
  };
}

/** Resolves with what the listener acknowledges, while it goes on working. */
function acknowledgement(app: App, body: Body, headers: Headers): Promise<Response> {
  return new Promise((resolve) => {
    const ack = async (answer?: unknown) => {
      if (answer === undefined || answer === '') resolve(new Response(null));
      else resolve(typeof answer === 'string' ? new Response(answer) : Response.json(answer));
    };
    const retryNum = headers.get('x-slack-retry-num');
    app
      .processEvent({ body, ack, ...(retryNum ? { retryNum: Number(retryNum) } : {}) })
      .catch(() => {})
      // A listener that never acknowledged has failed; Slack may try again.
      .finally(() => resolve(new Response(null, { status: 500 })));
  });
}

async function readText(request: Request): Promise<string | null> {
  if (Number(request.headers.get('content-length') ?? 0) > limits.requestBytes) return null;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > limits.requestBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
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
