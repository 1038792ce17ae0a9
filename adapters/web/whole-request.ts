/**
 * The request, with no more of a body than `mostBytes`, or `null` when that is larger, whether it says so itself or comes
 * in pieces. One that says how long it is comes as it is, since no more than that is read of it; copying it would cost
 * more than all else that an acknowledgement takes.
 */
export async function wholeRequest(request: Request, mostBytes: number): Promise<Request | null> {
  const { method, url, headers } = request;
  if (method === 'GET' || method === 'HEAD') return request;
  const length = headers.get('content-length');
  if (Number(length ?? 0) > mostBytes) return null;
  if (length !== null && !headers.has('transfer-encoding')) return request;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) return null;
    chunks.push(chunk);
  }
  return new Request(url, { method, headers: new Headers(headers), body: Buffer.concat(chunks) });
}
