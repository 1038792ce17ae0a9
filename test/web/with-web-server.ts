import { onTestFinished } from 'vitest';
import { startWebServer, type WebServer, type WebServerOptions } from '../../adapters/web/web-server.js';
import type { Health } from '../../src/health.js';

export const well: Health = { ok: true, database: 'ok', ticks: 'ok', outbox: 'ok' };

/** A web server on any free port of this machine; it closes when the test ends. */
export async function withWebServer(
  given: Partial<WebServerOptions> = {},
): Promise<WebServer & { readonly address: string; readonly errors: readonly object[] }> {
  const quiet = () => {};
  const errors: object[] = [];
  const server = await startWebServer({
    port: 0,
    host: '127.0.0.1',
    health: async () => well,
    metrics: async () => ({ type: 'text/plain', text: '' }),
    routes: [],
    log: { debug: quiet, info: quiet, warn: quiet, error: (fields) => errors.push(fields) },
    ...given,
  });
  onTestFinished(() => server.close());
  return { ...server, address: `http://127.0.0.1:${server.port}`, errors };
}
