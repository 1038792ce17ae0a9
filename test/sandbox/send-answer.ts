import type { ServerResponse } from 'node:http';
import type { Answer } from './answer.js';
import type { ActiveFaults } from './faults.js';

/** A byte at a time, and blanks for ever once the body is out. */
function drip(answer: Answer, response: ServerResponse, everyMs: number): void {
  let at = 0;
  response.writeHead(answer.status, answer.headers);
  const timer = setInterval(() => {
    response.write(Buffer.of(answer.body[at] ?? 0x20));
    at += 1;
  }, everyMs);
  response.once('close', () => clearInterval(timer));
}

/** Half of the body, then the connection is torn down. */
function resetHalfway(answer: Answer, response: ServerResponse): void {
  response.writeHead(answer.status, { ...answer.headers, 'content-length': String(answer.body.length) });
  response.write(answer.body.subarray(0, Math.ceil(answer.body.length / 2)), () => {
    response.socket?.resetAndDestroy();
  });
}

/** Says one length and sends another, then closes. */
function sendWithLength(answer: Answer, response: ServerResponse, length: number): void {
  response.writeHead(answer.status, {
    ...answer.headers,
    'content-length': String(length),
    connection: 'close',
  });
  response.write(answer.body, () => response.socket?.end());
}

function sendWhole(answer: Answer, response: ServerResponse): void {
  response.writeHead(answer.status, { ...answer.headers, 'content-length': String(answer.body.length) });
  response.end(answer.body);
}

/** Sends the answer, or fails at it as the active faults say. `ending` is called just before the last byte leaves. */
export function sendAnswer(
  answer: Answer,
  faults: ActiveFaults,
  response: ServerResponse,
  ending: () => void,
): void {
  const { length } = answer.body;
  const unfinished = faults.has('hang') || faults.has('drip') || faults.has('reset');
  if (!unfinished) ending();
  if (faults.has('hang')) return;
  if (faults.has('drip')) drip(answer, response, faults.get('drip')?.everyMs ?? 20);
  else if (faults.has('reset')) resetHalfway(answer, response);
  else if (faults.has('content-length-too-long')) sendWithLength(answer, response, length + 100);
  else if (faults.has('content-length-too-short')) sendWithLength(answer, response, Math.floor(length / 2));
  else sendWhole(answer, response);
}
