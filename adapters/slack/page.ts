import type { DrawnCard } from '../../src/card.js';
import { escapeMarkup } from './safe-text.js';

/** A card as a small page for a browser. */
export function page(card: DrawnCard, status: number): Response {
  const lines = card.blocks.flatMap((block) => {
    if (block.type === 'text') return [`<p>${html(block.text)}</p>`];
    if (block.type !== 'steps') return [];
    return [`<ol>${block.steps.map((step) => `<li>${html(step)}</li>`).join('')}</ol>`];
  });
  const body = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${html(card.title)}</title><h1>${html(card.title)}</h1>${lines.join('')}</html>`;
  return new Response(body, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'",
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    },
  });
}

function html(text: string): string {
  return escapeMarkup(text).replaceAll('"', '&quot;');
}
