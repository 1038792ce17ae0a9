import { type APIInteraction, type APIInteractionResponse, InteractionType } from 'discord.js';
import type { Clock } from '../../src/ports.js';
import type { FirstAnswer } from './handle-interaction.js';
import { createVerifier } from './verify-request.js';

export interface HttpOptions {
  readonly publicKey: string;
  readonly applicationId: string;
  readonly clock: Clock;
  /** Starts to answer; false when this interaction has been seen before. */
  take(interaction: APIInteraction, first: FirstAnswer): boolean;
  /** False when another process has seen it before. */
  isFirst(id: string): Promise<boolean>;
}

/** Far more than any interaction; a modal has at most five texts of 4000 characters. */
const mostCharacters = 1_000_000;
/** Discord's clock may be this far from ours. */
const clockSlackMs = 10_000;

/**
 * Handles signed interaction requests. A request from before this process started is refused too: what an earlier
 * process did with it is not known here, and it must have no second effect.
 */
export function createHttpHandler(options: HttpOptions): (request: Request) => Promise<Response> {
  const isSigned = createVerifier(options.publicKey);
  const notBefore = Date.parse(options.clock.now()) - clockSlackMs;

  return async (request) => {
    if (request.method !== 'POST') return refuse(405, 'only POST');
    const body = await request.text();
    if (body.length > mostCharacters) return refuse(413, 'too large');
    const now = Date.parse(options.clock.now());
    if (!(await isSigned({ headers: request.headers, body }, { now, notBefore }))) {
      return refuse(401, 'invalid request signature');
    }
    const interaction = readInteraction(body);
    if (!interaction) return refuse(400, 'not an interaction');
    if (interaction.application_id !== options.applicationId) return refuse(401, 'another application');
    return answer(interaction, options);
  };
}

async function answer(interaction: APIInteraction, { take, isFirst }: HttpOptions): Promise<Response> {
  if (interaction.type !== InteractionType.Ping && !(await isFirst(interaction.id))) {
    return refuse(409, 'seen before');
  }
  return new Promise((resolve) => {
    let isAnswered = false;
    const isNew = take(interaction, async (response: APIInteractionResponse) => {
      if (isAnswered) return false;
      isAnswered = true;
      resolve(Response.json(response));
      return true;
    });
    if (!isNew && interaction.type !== InteractionType.Ping) resolve(refuse(409, 'seen before'));
  });
}

function readInteraction(body: string): APIInteraction | null {
  try {
    const value: unknown = JSON.parse(body);
    const isOne =
      typeof value === 'object' &&
      value !== null &&
      'id' in value &&
      typeof value.id === 'string' &&
      'type' in value &&
      typeof value.type === 'number' &&
      'token' in value &&
      typeof value.token === 'string';
    // Discord signed it: beyond these it is taken to be what its documentation says.
    return isOne ? (value as unknown as APIInteraction) : null;
  } catch {
    return null;
  }
}

function refuse(status: number, word: string): Response {
  return new Response(word, { status });
}
