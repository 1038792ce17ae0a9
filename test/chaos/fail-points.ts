import type { Messenger } from '../../src/delivery/outbox.js';
import type { Core, Stores } from '../../src/ports.js';

/** Tells that a point was passed, by name. */
export type Pass = (point: string) => void;

type Methods = Readonly<Record<string, unknown>>;

/** Writes after which a transaction has a name of its own; the first that was called gives it. */
const marks = ['figures.apply', 'figures.markFailed', 'digests.recordRun', 'outbox.sent', 'jobs.add'];

/**
 * The core with a named point after every call of a port: `after outbox.claim`, `after fetch`, `inside figures.apply`,
 * `before commit of outbox.sent`, `after commit of outbox.sent`. A call that found nothing to do passes no point.
 */
export function withFailPoints(core: Core, pass: Pass): Core {
  return {
    ...core,
    http: {
      get: async (request) => {
        const response = await core.http.get(request);
        pass('after fetch');
        return response;
      },
    },
    stores: watchedStores(core.stores, pass),
    messengers: new Map(
      [...core.messengers].map(([surface, messenger]) => [surface, watchedMessenger(messenger, pass)]),
    ),
  };
}

function watchedStores(stores: Stores, pass: Pass): Stores {
  const outside = watchAll(stores, (name) => pass(`after ${name}`));
  return {
    ...outside,
    async transaction(work, durability) {
      const called = new Set<string>();
      const result = await stores.transaction(async (inside) => {
        const watched = watchAll(inside, (name) => {
          called.add(name);
          pass(`inside ${name}`);
        });
        const done = await work(watched);
        pass(`before commit of ${nameOf(called)}`);
        return done;
      }, durability);
      pass(`after commit of ${nameOf(called)}`);
      return result;
    },
  };
}

function nameOf(called: ReadonlySet<string>): string {
  return marks.find((mark) => called.has(mark)) ?? 'nothing';
}

function watchAll(stores: Stores, called: (name: string) => void): Stores {
  const { transaction, ...parts } = stores;
  const watched = Object.entries(parts).map(([part, methods]) => [
    part,
    watchMethods(methods as unknown as Methods, (method) => called(`${part}.${method}`)),
  ]);
  return { ...Object.fromEntries(watched), transaction } as Stores;
}

function watchMethods(methods: Methods, called: (method: string) => void): Methods {
  const entries = Object.entries(methods).map(([name, method]) => {
    if (typeof method !== 'function') return [name, method];
    const watched = async (...given: unknown[]): Promise<unknown> => {
      const answer: unknown = await method.apply(methods, given);
      if (answer !== null && answer !== false && answer !== 0) called(name);
      return answer;
    };
    return [name, watched];
  });
  return Object.fromEntries(entries) as Methods;
}

function watchedMessenger(messenger: Messenger, pass: Pass): Messenger {
  return {
    async send(message, isInTime) {
      pass('before send');
      const id = await messenger.send(message, isInTime);
      pass('after send');
      return id;
    },
    async edit(message, id) {
      await messenger.edit(message, id);
      pass('after edit');
    },
    async find(message, since) {
      const found = await messenger.find(message, since);
      pass(`after look, ${found === 'absent' ? 'absent' : 'found'}`);
      return found;
    },
  };
}
