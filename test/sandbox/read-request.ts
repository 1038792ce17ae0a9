import type { IncomingMessage } from 'node:http';
import type { PlatformId } from '../../src/platforms/platform.js';
import { affilkaToken, isAffilkaPath } from './affilka-routes.js';
import { exportPath, referonToken } from './referon-routes.js';

/** A request as far as the programme cares. `platform` is `null` for pages that no bot should want. */
export interface Asked {
  readonly platform: PlatformId | null;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly params: URLSearchParams;
  readonly token: string;
  readonly takesGzip: boolean;
}

function platformOf(path: string): PlatformId | null {
  if (isAffilkaPath(path)) return 'affilka';
  return path === exportPath ? 'referon' : null;
}

export function readTarget(target: string, authorization = '', takesGzip = false): Asked {
  const cut = target.indexOf('?');
  const path = cut < 0 ? target : target.slice(0, cut);
  const query = cut < 0 ? '' : target.slice(cut + 1);
  const params = new URLSearchParams(query);
  const platform = platformOf(path);
  const token =
    platform === 'referon' ? referonToken(query) : platform ? affilkaToken(path, params, authorization) : '';
  return { platform, method: 'GET', path, query, params, token, takesGzip };
}

export function readRequest(request: IncomingMessage): Asked {
  const encodings = String(request.headers['accept-encoding'] ?? '');
  const takesGzip = /\bgzip\b/.test(encodings);
  const asked = readTarget(request.url ?? '/', request.headers.authorization, takesGzip);
  return { ...asked, method: request.method ?? 'GET' };
}

/** The parameters as the log keeps them. */
export function listParams(params: URLSearchParams): Record<string, string[]> {
  const listed: Record<string, string[]> = {};
  for (const name of new Set(params.keys())) listed[name] = params.getAll(name);
  return listed;
}
