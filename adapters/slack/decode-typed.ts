/**
 * Text that Slack has wrapped, as it was typed: `<https://…|shown>` becomes the address, `&amp;` the sign. Mentions of
 * channels and people stay as they are, since they name an id. Links first and `&amp;` last, or a typed `&lt;` would end a link.
 */
export function decodeTyped(text: string): string {
  return text
    .replace(/<((?:https?|mailto):[^|>]*)(?:\|[^>]*)?>/gi, '$1')
    .replace(/[\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/[\u00a0\u2007\u202f]/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
