import type { IncomingMessage } from 'node:http';

export interface Upload {
  readonly json: unknown;
  readonly files: readonly {
    readonly name: string;
    readonly content: string;
    readonly description: string;
  }[];
  readonly faults: readonly string[];
}

/** Reads a request's JSON, or its multipart form with `payload_json` and `files[n]`. */
export async function readUpload(request: IncomingMessage): Promise<Upload> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  if (body.length === 0) return { json: null, files: [], faults: [] };
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) {
    return { json: JSON.parse(body.toString('utf8')), files: [], faults: [] };
  }
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  const json = JSON.parse(String(form.get('payload_json'))) as {
    attachments?: { id: string; filename: string; description?: string }[];
  };
  const faults: string[] = [];
  const files: { name: string; content: string; description: string }[] = [];
  for (const [key, value] of form.entries()) {
    if (key === 'payload_json' || typeof value === 'string') continue;
    const attachment = json.attachments?.find(({ id }) => `files[${id}]` === key);
    if (!attachment) faults.push(`no attachment for ${key}`);
    if (attachment && attachment.filename !== value.name) faults.push(`${key} is named twice`);
    files.push({ name: value.name, content: await value.text(), description: attachment?.description ?? '' });
  }
  if (files.length > 10) faults.push('more than 10 files');
  if ((json.attachments?.length ?? 0) !== files.length) faults.push('attachments without files');
  return { json, files, faults };
}
