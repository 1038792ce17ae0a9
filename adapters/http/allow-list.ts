import ipaddr from 'ipaddr.js';
import { allowListEntry } from '../../src/problems/config.js';
import { type Problem, ProblemError } from '../../src/problems/problem.js';
import { parseAddress } from './public-address.js';

/** The private places that the operator opened. Each entry opens itself alone, over http and https. */
export interface AllowList {
  /** True when an entry opens this URL as written: its host and port, or its literal address and port. Asks no resolver. */
  allows(url: URL): boolean;
  /** True when an entry opens this address for a connection to `host` (without brackets) on `port`. */
  allowsAddress(host: string, address: string, port: number): boolean;
}

type Entry =
  | { readonly kind: 'host'; readonly host: string; readonly port: number }
  | {
      readonly kind: 'range';
      readonly range: [ipaddr.IPv4 | ipaddr.IPv6, number];
      readonly port: number | null;
    };

/** Reads `ALLOW_PRIVATE_HOSTS`: `host:port` or `range/prefix[:port]`, by comma or space. Throws the first problem. */
export function parseAllowList(text: string): AllowList {
  const [problem] = allowListProblems(text);
  if (problem) throw new ProblemError(problem);
  const entries = words(text).flatMap((word) => parseEntry(word) ?? []);
  return {
    allows: (url) => entries.some((entry) => opens(entry, bareHost(url.hostname), null, portOf(url))),
    allowsAddress: (host, address, port) => entries.some((entry) => opens(entry, host, address, port)),
  };
}

/** Every entry that cannot be read, by name. */
export function allowListProblems(text: string): readonly Problem[] {
  return words(text)
    .filter((word) => parseEntry(word) === null)
    .map(allowListEntry);
}

/** The port that a URL leads to, whether it is written or not. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

/** An IPv6 host without its brackets; any other host as it is. */
export function bareHost(hostname: string): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}

function words(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '');
}

function parseEntry(word: string): Entry | null {
  return word.includes('/') ? parseRange(word) : parseHost(word);
}

function parseHost(word: string): Entry | null {
  const portText = /^[^:]+:(\d{1,5})$|^\[[^\]]+\]:(\d{1,5})$/.exec(word);
  const port = Number(portText?.[1] ?? portText?.[2] ?? 0);
  // Read as a URL so that an entry and a pasted link are spelled alike.
  // A star is a legal host character to the URL parser, but whoever writes one means a pattern.
  if (port < 1 || port > 65_535 || word.includes('*') || !URL.canParse(`http://${word}/`)) return null;
  const url = new URL(`http://${word}/`);
  if (url.username !== '' || url.search !== '' || url.hash !== '') return null;
  return { kind: 'host', host: bareHost(url.hostname), port };
}

function parseRange(word: string): Entry | null {
  const match = /^\[?([0-9a-fA-F.:]+)\/(\d{1,3})\]?(?::(\d{1,5}))?$/.exec(word);
  const [, network = '', prefix = '', portText] = match ?? [];
  const port = portText === undefined ? null : Number(portText);
  if (port !== null && (port < 1 || port > 65_535)) return null;
  // A prefix of 0 would open everything, which is no list of exceptions.
  if (!parseAddress(network) || !ipaddr.isValidCIDR(`${network}/${prefix}`) || Number(prefix) === 0)
    return null;
  return { kind: 'range', range: ipaddr.parseCIDR(`${network}/${prefix}`), port };
}

function opens(entry: Entry, host: string, address: string | null, port: number): boolean {
  if (entry.kind === 'host') return entry.host === host && entry.port === port;
  if (entry.port !== null && entry.port !== port) return false;
  const parsed = parseAddress(address ?? host);
  const [network, prefix] = entry.range;
  return parsed !== null && parsed.kind() === network.kind() && parsed.match(network, prefix);
}
