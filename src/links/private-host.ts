const localSuffixes = ['localhost', 'local', 'internal', 'lan', 'intranet', 'corp', 'home', 'arpa'];

/** First and last address of ranges that are not the public internet (IANA special-purpose registry). */
const closedRanges: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

function toNumber(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function isClosedIpv4(host: string): boolean {
  const address = toNumber(host);
  return closedRanges.some(([start, bits]) => {
    const size = 2 ** (32 - bits);
    return Math.floor(address / size) === Math.floor(toNumber(start) / size);
  });
}

/** Only `2000::/3` is public; Teredo, documentation and 6to4 addresses inside it may hide a private one. */
function isClosedIpv6(host: string): boolean {
  const address = host.slice(1, -1);
  return !/^[23][0-9a-f]{3}:/.test(address) || /^(?:2001:(?:0|db8)?:|2002:)/.test(address);
}

/**
 * What the text of a host alone tells: literals and local names. The resolved address is the fetch guard's concern.
 * `hostname` is that of a WHATWG `URL`, so that `0x7f.1` has already become `127.0.0.1`.
 */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/\.$/, '').toLowerCase();
  if (host.startsWith('[')) return isClosedIpv6(host);
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return isClosedIpv4(host);
  if (!host.includes('.')) return true;
  return localSuffixes.some((suffix) => host.endsWith(`.${suffix}`));
}
