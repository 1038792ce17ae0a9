import { errors } from 'undici';
import * as problems from '../../src/problems/fetch.js';
import { ProblemError } from '../../src/problems/problem.js';

/** What our own machine or its network lacks. `EAI_AGAIN`: our resolver did not answer. */
const ours: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'EAI_MEMORY',
  'EAI_SYSTEM',
  'EACCES',
  'EADDRNOTAVAIL',
  'EMFILE',
  'ENETDOWN',
  'ENETUNREACH',
  'ENFILE',
  'ENOBUFS',
  'ENOMEM',
  'EPERM',
]);

const reasons: Readonly<Record<string, problems.UnreachableReason>> = {
  ENOTFOUND: 'unknown-name',
  EAI_FAIL: 'unknown-name',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'silent',
  EHOSTDOWN: 'silent',
  ETIMEDOUT: 'silent',
  UND_ERR_CONNECT_TIMEOUT: 'silent',
  ECONNRESET: 'cut',
  ECONNABORTED: 'cut',
  EPIPE: 'cut',
  EPROTO: 'cut',
  UND_ERR_SOCKET: 'cut',
};

const damaged = /^(UND_ERR_RES|UND_ERR_HEADERS_OVERFLOW|UND_ERR_INFO)/;
const certificate = /CERT|^ERR_TLS|^ERR_SSL|^UNABLE_TO|SELF_SIGNED|CRL|^HOSTNAME_MISMATCH/;

/** Turns whatever failed into our own error, which holds the host and nothing else of the request. */
export function problemFrom(error: unknown, host: string): ProblemError {
  if (error instanceof ProblemError) return error;
  const code = codeOf(error);
  if (ours.has(code)) return problems.ownNetwork();
  const reason = reasons[code];
  if (reason) return problems.unreachable(host, reason);
  // Its code is empty in undici 7.
  if (error instanceof errors.HTTPParserError || damaged.test(code)) return problems.unreadableAnswer(host);
  if (certificate.test(code)) return problems.unreachable(host, 'certificate');
  return problems.ownFetchFault();
}

/** True when our own side is to blame. */
export function isOurs(error: unknown): boolean {
  return ours.has(codeOf(error));
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  // undici wraps some socket errors; the code of the socket says more.
  const cause = 'cause' in error ? codeOf(error.cause) : '';
  if (cause !== '') return cause;
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
