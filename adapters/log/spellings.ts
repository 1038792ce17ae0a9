/**
 * The texts under which a secret may turn up: plain, percent-encoded, in JSON, in base64, in hex. One with a quote or a
 * backslash is looked for in its JSON form only, since log lines are JSON and half an escape would break them.
 */
export function spellingsOf(secret: string): readonly string[] {
  const percent = encodeURIComponent(secret);
  const lowerPercent = percent.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
  const json = JSON.stringify(secret).slice(1, -1);
  const html = secret.replaceAll('&', '&amp;');
  const plain = [secret, encodeURI(secret), percent, lowerPercent, percent.replaceAll('%20', '+'), html];
  const twice = [encodeURIComponent(percent), encodeURIComponent(lowerPercent)];
  const quoted = [json, JSON.stringify(json).slice(1, -1), json.replaceAll('/', '\\/')];
  const coded = [...base64Spellings(secret), Buffer.from(secret).toString('hex')];
  const unquoted = plain.filter((text) => !/["\\]/.test(text));
  return [...new Set([...unquoted, ...twice, ...quoted, ...coded])].filter((text) => text.length > 0);
}

/**
 * In base64 a text looks different at each of three offsets, and its first and last characters depend on its neighbours:
 * those are left off, so what remains is found inside any longer encoded text.
 */
function base64Spellings(secret: string): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
    const wholeCharacters = Math.floor((bytes.length * 8) / 6);
    const core = bytes.toString('base64').slice(Math.ceil((offset * 8) / 6), wholeCharacters);
    // Short cores would match ordinary words.
    if (core.length < 6) return [];
    return [core, core.replaceAll('+', '-').replaceAll('/', '_'), encodeURIComponent(core)];
  });
}
