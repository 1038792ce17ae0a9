import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';
import * as problems from '../../src/problems/fetch.js';
import { type AllowList, bareHost } from './allow-list.js';
import { isOurs, problemFrom } from './faults.js';
import { isPublicAddress, parseAddress } from './public-address.js';

/** A name with more addresses than this is still checked on all of them. */
const mostAddressesTried = 4;

/** Every address of a name. Rejects as `dns.lookup` does. */
export type Resolve = (host: string) => Promise<readonly string[]>;

export interface ConnectorParts {
  readonly allow: AllowList;
  readonly resolve: Resolve;
  /** Opens the connection itself; `hostname` is an address by then. */
  readonly dial: buildConnector.connector;
}

/** Looking up a name and trying its addresses; without it a dead resolver would block the host's queue for ever. */
const mostConnectMs = 45_000;

/**
 * Connects to addresses that were checked one by one, and checks again where the socket ended up. A connector and not a
 * `lookup` function, since Node never asks that one about literal addresses.
 */
export function createGuardedConnector(parts: ConnectorParts): buildConnector.connector {
  return (options, callback) => {
    const host = bareHost(options.hostname);
    let waiting = true;
    const settle = (error: unknown, socket: Socket | null) => {
      clearTimeout(timer);
      if (!waiting) socket?.destroy();
      else if (socket) callback(null, socket);
      else callback(problemFrom(error, host), null);
      waiting = false;
    };
    const timer = setTimeout(() => settle(problems.unreachable(host, 'silent'), null), mostConnectMs);
    timer.unref();
    connect(parts, options).then(
      (socket) => settle(null, socket),
      (error: unknown) => settle(problemFrom(error, host), null),
    );
  };
}

async function connect(parts: ConnectorParts, options: buildConnector.Options): Promise<Socket> {
  const host = bareHost(options.hostname);
  const port = Number(options.port || (options.protocol === 'https:' ? 443 : 80));
  const isOpen = (address: string) =>
    isPublicAddress(address) || parts.allow.allowsAddress(host, address, port);

  const addresses = parseAddress(host) ? [host] : await parts.resolve(host);
  if (addresses.length === 0) throw problems.unreachable(host, 'unknown-name');
  if (!addresses.every(isOpen)) throw problems.privateAddress(host);

  const failures: unknown[] = [];
  for (const address of addresses.slice(0, mostAddressesTried)) {
    const socket = await dialOnce(parts.dial, options, address).catch((error: unknown) => {
      failures.push(error);
      return null;
    });
    if (!socket) continue;
    if (socket.remoteAddress !== undefined && isOpen(socket.remoteAddress)) return socket;
    socket.destroy();
    throw problems.privateAddress(host);
  }
  // One route of ours that is missing (often IPv6) says nothing while another address failed by itself.
  throw failures.find((failure) => !isOurs(failure)) ?? failures[0];
}

function dialOnce(
  dial: buildConnector.connector,
  options: buildConnector.Options,
  address: string,
): Promise<Socket> {
  const host = bareHost(options.hostname);
  const { servername: _, ...rest } = options;
  // The certificate is checked against the name in the URL, whatever the address; IP literals have no server name.
  const name = parseAddress(host) ? {} : { servername: host };
  return new Promise((resolve, reject) => {
    dial({ ...rest, ...name, hostname: address }, (error, socket) =>
      socket ? resolve(socket) : reject(error),
    );
  });
}
