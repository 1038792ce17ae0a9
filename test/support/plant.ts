import { randomFrom } from '../sandbox/random.js';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
let made = 0;

/** A made-up token. Its last four characters may be shown, so only what stands before them is looked for. */
export function plant(planted: string[], marks = ''): string {
  made += 1;
  const random = randomFrom('planted', made);
  const body = Array.from({ length: 28 }, () => letters[random.whole(0, letters.length - 1)]).join('');
  const token = `${body.slice(0, 12)}${marks}${body.slice(12)}`;
  planted.push(token.slice(0, -4));
  return token;
}
