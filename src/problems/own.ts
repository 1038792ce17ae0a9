import type { Problem } from './problem.js';

/** A fault of ours: shown with a number to quote and nothing else. */
export function unexpected(number: string): Problem {
  return {
    code: 'own.unexpected',
    what: 'Something went wrong on our side.',
    why: 'It is no fault of yours. What happened is in the log.',
    fix: ['Try once more.', `Tell whoever runs Tallyman this number if it happens again: ${number}.`],
  };
}

export function buttonExpired(): Problem {
  return {
    code: 'own.button-expired',
    what: 'This button has expired.',
    why: 'Buttons work for 30 days, and only where they were shown.',
    fix: ['Type the command again to get a fresh one.'],
  };
}
