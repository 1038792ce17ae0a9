/** A person as a surface writes one: `<@U024|ann>`, `<@8123>` or `@ann`. */
export function readPerson(text: string): { readonly id: string; readonly name: string } {
  const mention = /^<@!?([^|>]+)(?:\|([^>]*))?>$/.exec(text.trim());
  if (mention?.[1]) return { id: mention[1], name: mention[2] || mention[1] };
  const name = text.trim().replace(/^@/, '');
  return { id: name, name };
}
