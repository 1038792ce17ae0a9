import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');
const wellKnownNat64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/** Public by number, private by use: Azure answers machines of its own there (metadata, DHCP, DNS). */
const privateByUse: ReadonlySet<string> = new Set(['168.63.129.16']);

/** True for an address that anybody on the internet may reach; false for anything else, garbage included. */
export function isPublicAddress(text: string): boolean {
  const address = parseAddress(text);
  return address !== null && isPublic(address);
}

/** `null` where the text is no address. Takes brackets off, as they stand around IPv6 in URLs. */
export function parseAddress(text: string): Address | null {
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  // ipaddr.js also reads short and octal IPv4 forms; only the URL parser may do that, and it has done it by now.
  if (!bare.includes(':') && !ipaddr.IPv4.isValidFourPartDecimal(bare)) return null;
  // ipaddr.js reads the long dead `::a.b.c.d` as a mapped address; the system does not.
  if (/^::\d+\./.test(bare)) return null;
  return ipaddr.isValid(bare) ? ipaddr.parse(bare) : null;
}

function isPublic(address: Address): boolean {
  if (!(address instanceof ipaddr.IPv6)) {
    return address.range() === 'unicast' && !privateByUse.has(address.toString());
  }
  const inner = translatedIPv4(address);
  if (inner) return isPublic(inner);
  return address.match(globalUnicast) && address.range() === 'unicast' && !carriesPrivateIPv4(address);
}

/** Forms that the network turns back into IPv4: mapped (RFC 4291) and NAT64 (RFC 6052), as DNS64 resolvers answer. */
function translatedIPv4(address: ipaddr.IPv6): ipaddr.IPv4 | null {
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  return address.match(wellKnownNat64) ? lastFourBytes(address) : null;
}

/** ISATAP (RFC 5214) hides an IPv4 address in an ordinary looking one: `…:0:5efe:a.b.c.d`. */
function carriesPrivateIPv4(address: ipaddr.IPv6): boolean {
  const isIsatap = address.parts[5] === 0x5efe && (address.parts[4] === 0 || address.parts[4] === 0x200);
  return isIsatap && !isPublic(lastFourBytes(address));
}

function lastFourBytes(address: ipaddr.IPv6): ipaddr.IPv4 {
  return new ipaddr.IPv4(address.toByteArray().slice(12));
}
