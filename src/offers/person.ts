/** A person as a surface writes one: `<@U024|ann>`, `<@8123>`, or, where people have no ids, `@ann`. */
export function readPerson(text: string): {
  readonly id: string;
  readonly name: string;
  readonly isMention: boolean;
} {
  const mention = /^<@!?([^|>]+)(?:\|([^>]*))?>$/.exec(text.trim());
  if (mention?.[1]) return { id: mention[1], name: mention[2] || mention[1], isMention: true };
  const name = text.trim().replace(/^@/, '');
  return { id: name, name, isMention: false };
}
