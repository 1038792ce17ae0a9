import * as link from './link.js';
import * as probe from './probe.js';
import { type Problem, ProblemError } from './problem.js';

/**
 * What stops a fetch. The words are those of a check of the link or the report, so that one fault reads alike everywhere.
 * Every function takes the host alone: never a path, a query or a token.
 */

function later({ code, what, why, fix }: Problem): ProblemError {
  return new ProblemError({ code, what, why, fix }, 'later');
}

function never({ code, what, why, fix }: Problem): ProblemError {
  return new ProblemError({ code, what, why, fix }, 'never');
}

export function notAnAddress(): ProblemError {
  return never(link.notAUrl());
}

export function notHttps(): ProblemError {
  return never(link.notHttps('http'));
}

export function hasCredentials(): ProblemError {
  return never(link.hasCredentials());
}

/** A local name, a private address, or a name that leads to one. */
export function privateAddress(host: string): ProblemError {
  return never(link.privateAddress(host));
}

export function otherPort(port: number): ProblemError {
  return never(link.unusualPort(String(port)));
}

export function timedOut(host: string): ProblemError {
  return later(probe.timedOut(host));
}

const unreachableReasons = {
  'unknown-name': 'There is no server of that name.',
  refused: 'The server refused the connection.',
  silent: 'The server did not answer the connection.',
  cut: 'The connection was cut before the answer was complete.',
  certificate: 'The certificate of the server is not valid, so it may not be the real one.',
} as const;

export type UnreachableReason = keyof typeof unreachableReasons;

export function unreachable(host: string, reason: UnreachableReason): ProblemError {
  return later({ ...probe.unreachable(host), why: unreachableReasons[reason] });
}

export function tooLarge(mebibytes: number): ProblemError {
  return never(probe.tooLarge(`${mebibytes} MB`));
}

/** The bytes themselves are broken: bad compression, a wrong length, a garbled answer. */
export function unreadableAnswer(host: string): ProblemError {
  return later(probe.unreadable(`The answer of ${host} arrived damaged.`));
}

/** A redirect that is not followed: to another host, scheme or port, in a circle, or too often. */
export function redirected(host: string): ProblemError {
  return never({
    code: 'probe.redirected',
    what: `${host} sends this report link on to another address.`,
    why: 'It is not followed there, since the token in the link is meant for this host alone.',
    fix: [
      'Open the affiliate dashboard and look at the host in the address bar.',
      'Copy the report link again from there and paste it.',
    ],
  });
}

/** Our own connection to the internet or our own machine. Never the fault of an offer. */
export function ownNetwork(): ProblemError {
  return later({
    code: 'own.network',
    what: 'The bot has no working connection to the internet right now.',
    why: 'This is a fault on our side; nothing is known to be wrong with the programme or the link.',
    fix: ['Wait a little: the next try comes by itself.', 'Tell whoever runs Tallyman if it lasts.'],
  });
}

/** A request that we built wrongly; the programme was not asked. */
export function ownFetchFault(): ProblemError {
  return later({
    code: 'own.fetch',
    what: 'The request could not be made.',
    why: 'This is a fault on our side; nothing is known to be wrong with the programme or the link.',
    fix: ['Tell whoever runs Tallyman, with the time of this message.'],
  });
}
