import { connect, type Socket } from 'node:net';

/** A connection to a web server that stands, and has been used once, so that the next request is read at once. */
export async function openConnection(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('data', () => resolve());
    socket.write('GET /health HTTP/1.1\r\nHost: tallyman.test\r\n\r\n');
  });
  return socket;
}

/** A connection that is only being made: what is sent over it follows as soon as it stands. */
export async function newConnection(port: number): Promise<Socket> {
  return connect(port, '127.0.0.1');
}

/** The bytes of a request, after whose answer the connection ends. */
export async function bytesOf(request: Request): Promise<string> {
  const body = await request.text();
  const { pathname, host } = new URL(request.url);
  const own = [...request.headers].map(([name, value]) => `${name}: ${value}`);
  const added = [`host: ${host}`, `content-length: ${Buffer.byteLength(body)}`, 'connection: close'];
  return [`${request.method} ${pathname} HTTP/1.1`, ...own, ...added, '', body].join('\r\n');
}

/** Writes each request to its connection within one turn of the event loop; resolves with what came back. */
export function sendAtOnce(sockets: readonly Socket[], requests: readonly string[]): Promise<string[]> {
  const answers = sockets.map(
    (socket) =>
      new Promise<string>((resolve, reject) => {
        let heard = '';
        socket.on('data', (chunk) => {
          heard += chunk.toString();
        });
        socket.once('error', reject);
        socket.once('close', () => resolve(heard));
      }),
  );
  for (const [index, socket] of sockets.entries()) socket.write(requests[index] ?? '');
  return Promise.all(answers);
}
