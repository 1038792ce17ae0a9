import { Agent, errors, request } from 'undici';
import type { Surface } from '../../src/access/workspace.js';
import { DeliveryError, type Messenger, type OutgoingMessage } from '../../src/delivery/outbox.js';

/** Real milliseconds; a bot in earnest waits longer. */
const deadlineMs = 250;

/** Nothing of the request has left: it is certain that the far side did not take it. */
const notSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

interface Answer {
  readonly id?: string;
  readonly messages?: readonly { readonly id: string; readonly key: string }[];
}

/** The surfaces that the bot under ordeal speaks to. Another chat adapter goes in here, with its own far side. */
export function openMessengers(origin: string): ReadonlyMap<Surface, Messenger> {
  return new Map([['slack', httpMessenger(origin)]]);
}

/** A chat adapter at its smallest, which maps failures as every adapter must. */
function httpMessenger(origin: string): Messenger {
  // A request on a connection that the far side closes at that moment would be retried by nobody, so each has its own.
  const dispatcher = new Agent({ pipelining: 0 });

  async function call(action: string, body: object): Promise<Answer> {
    const response = await request(`${origin}/${action}`, {
      dispatcher,
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-process': String(process.pid) },
      body: JSON.stringify(body),
      headersTimeout: deadlineMs,
      bodyTimeout: deadlineMs,
    }).catch((error: unknown) => {
      throw lost(error);
    });
    const { statusCode, headers } = response;
    if (statusCode === 429) {
      await response.body.dump();
      throw new DeliveryError('refused', 'rate_limited', Number(headers['retry-after']) * 1000);
    }
    // A gateway's error says nothing about what happened behind it.
    if (statusCode >= 500) {
      await response.body.dump();
      throw new DeliveryError('doubtful', String(statusCode));
    }
    const answer = await response.body.json().catch((error: unknown) => {
      throw lost(error);
    });
    if (statusCode >= 400)
      throw new DeliveryError('permanent', (answer as { error?: string }).error ?? 'unknown');
    return answer as Answer;
  }

  return {
    async send(message) {
      const { id } = await call('send', said(message));
      if (id === undefined) throw new DeliveryError('doubtful', 'no_id');
      return id;
    },
    async edit(message, id) {
      await call('edit', { ...said(message), id });
    },
    async find(message, since) {
      const { messages } = await call('history', { channel: message.target.id, since });
      return messages?.find(({ key }) => key === message.key)?.id ?? 'absent';
    },
  };
}

function said({ target, key, card }: OutgoingMessage): object {
  return { channel: target.id, key, title: card.title, body: JSON.stringify(card.blocks) };
}

function lost(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (notSent.has(code)) return new DeliveryError('refused', code.toLowerCase());
  return new DeliveryError('doubtful', error instanceof errors.UndiciError ? error.code.toLowerCase() : code);
}
