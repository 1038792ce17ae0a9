/**
 * The request with its body read, or `null` when that is larger than `mostBytes`, whether it says so itself or comes in
 * pieces. A plain Request of Node's own: the one that the server hands in cannot be copied.
 */
export async function wholeRequest(request: Request, mostBytes: number): Promise<Request | null> {
  const { method, url, headers } = request;
  if (method === 'GET' || method === 'HEAD') return request;
  if (Number(headers.get('content-length') ?? 0) > mostBytes) return null;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) return null;
    chunks.push(chunk);
  }
  return new Request(url, { method, headers: new Headers(headers), body: Buffer.concat(chunks) });
}
