/** What a name does to a careless surface. */
export interface HostileName {
  readonly what: string;
  readonly name: string;
}

/** Names as a report, a person or a channel could carry them. Every surface must show them as harmless text. */
export const hostileNames: readonly HostileName[] = [
  { what: 'a Slack mention of everybody', name: '<!channel> <!here> <!everyone>' },
  {
    what: 'a Slack mention of a person, a group, a channel',
    name: '<@U024BE7LH> <!subteam^S024> <#C024BE7LR>',
  },
  {
    what: 'a Discord mention',
    name: '@everyone @here <@123456789012345678> <@&123456789012345678> <#123456789012345678>',
  },
  { what: 'a Slack link with other words', name: '<https://evil.example|https://lucky.example>' },
  { what: 'a Slack date', name: '<!date^1392734382^{date}^https://evil.example/|yesterday>' },
  { what: 'a Markdown link with other words', name: '[lucky.example](https://evil.example)' },
  { what: 'a Markdown picture', name: '![x](https://evil.example/pixel.png)' },
  { what: 'Markdown', name: '*bold* _italic_ ~struck~ **b** __u__ ||spoiler|| # heading > quote - item' },
  { what: 'code marks', name: '`code` ```block``` \\`' },
  {
    what: 'a command of Discord or an emoji',
    name: '</offer:123456789012345678> <:x:123456789012345678> :skull:',
  },
  { what: 'HTML', name: '<b>bold</b><script>alert(1)</script><img src=x onerror=alert(1)>' },
  { what: 'entities', name: '&lt;!channel&gt; &amp; &#60;' },
  { what: 'SVG that ends its text', name: '</text></svg><script>alert(1)</script><svg><text>' },
  {
    what: 'XML that closes a comment or a section',
    name: ']]> --> <?xml version="1.0"?> <!DOCTYPE x [<!ENTITY a "b">]>',
  },
  { what: 'an attribute that ends', name: '" onload="alert(1)" x="' },
  { what: 'a formula', name: '=HYPERLINK("https://evil.example","click")' },
  { what: 'a formula that begins with plus', name: "+1+cmd|' /C calc'!A0" },
  { what: 'a formula that begins with minus', name: "-2+3+cmd|' /C calc'!A0" },
  { what: 'a formula that begins with at', name: "@SUM(1+1)*cmd|' /C calc'!A0" },
  { what: 'a formula behind a tab', name: '\t=1+1' },
  { what: 'a formula behind a line break', name: '\r=1+1\n=2+2' },
  { what: 'a formula in full width', name: '＝1+1' },
  { what: 'marks of CSV', name: 'a,b;c"d\'e\nf' },
  { what: 'text turned around', name: 'abc\u202egnp.exe\u202c \u2066isolate\u2069 \u200fright' },
  { what: 'nothing to see', name: 'a\u200bb\u200c\u200d\u2060\ufeff\u00ad\u180e' },
  { what: 'tags that hide words', name: 'flag\u{e0065}\u{e006e}\u{e007f}' },
  { what: 'blanks of all kinds', name: '\u00a0\u2003\u3000x\u2028line\u2029paragraph\u0085next' },
  { what: 'colours and cursor moves', name: '\u001b[31mred\u001b[2J\u001b[H\u001b]0;title\u0007\u009b31m' },
  { what: 'a terminal link', name: '\u001b]8;;https://evil.example\u0007lucky\u001b]8;;\u0007' },
  { what: 'bell, backspace, return', name: 'a\u0007\b\b\b\rOVERWRITTEN\u007f' },
  { what: 'a zero byte', name: 'a\0b' },
  { what: 'half a character at the end', name: 'half\ud800' },
  { what: 'half a character at the beginning', name: '\udc00half' },
  { what: 'accents piled up', name: `Z${'\u0301\u0316\u0489'.repeat(40)}algo` },
  { what: 'letters that look alike', name: 'Lucky \u0405tar \u0440aypal' },
  { what: 'a long name', name: 'Long '.repeat(2000) },
  { what: 'a long name without a blank', name: 'x'.repeat(10_000) },
  { what: 'faces of many parts', name: '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}'.repeat(20) },
  { what: 'names of the language', name: '__proto__' },
  { what: 'another name of the language', name: 'constructor' },
  { what: 'SQL', name: "'; DROP TABLE offers; --" },
  { what: 'a pattern', name: '%_*?[a-z]$1$&' },
  { what: 'a placeholder', name: '{{name}} ${' + 'name} %s %n {0}' },
  { what: 'a path', name: '../../etc/passwd' },
  { what: 'a total', name: 'Total players' },
];

/** Letters that no screen may get from a name: they act, hide or turn what stands around them. */
export const actingLetters =
  /(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff\u{e0000}-\u{e007f}]/u;
