const placeholders = [
  /^\.{2,}$|^…$/,
  /^(?:x{2,}|\*{2,}|#{2,}|_{2,}|-{2,}|•+|0{4,}|1234(?:5678)?9?0?)$/i,
  /^[<{[($%]+.*[>}\])%]$/,
  /^(?:(?:your|my|the|enter|insert|paste|put)[-_ ]?)+(?:(?:api|access|auth|secret|affilka|referon|statistics?|real|own|unique|here)[-_ ]?)*(?:token|key|secret)?(?:[-_ ]?here)?$/i,
  /^(?:api[-_ ]?|access[-_ ]?|auth[-_ ]?|statistics?[-_ ]?)?(?:token|key|secret)$/i,
  /^(?:tbd|todo|none|null|undefined|redacted|hidden|removed|secret|changeme|placeholder|example)$/i,
];

/** True for what examples and forms hold in place of a token: `YOUR_TOKEN`, `xxx`, `<token>`, `${token}`, `…`. */
export function isPlaceholder(token: string): boolean {
  return placeholders.some((form) => form.test(token.trim()));
}

/** The last four characters for people to recognise a token by; nothing of a token so short that they would give it away. */
export function tailOf(token: string): string {
  return token.length < 8 ? '' : token.slice(-4);
}
