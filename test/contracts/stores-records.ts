import { describe, expect, test } from 'vitest';
import { addMilliseconds } from '../../src/dates.js';
import type { Stores } from '../../src/ports.js';
import type { Problem } from '../../src/problems/problem.js';
import { job, now, outboxRow, reading, sourceRow, storeOffer, syncRun } from '../support/stored.js';

const later = addMilliseconds(now, 60_000);
const ann = { id: 'U1', name: 'Ann' };
const bob = { id: 'U2', name: 'Bob' };
const problem: Problem = {
  code: 'probe.token-refused',
  what: 'The token is refused.',
  why: 'It expired.',
  fix: ['Renew it.'],
};
const refused = {
  workspace: 'slack:T1',
  kind: 'token-refused',
  subject: 'offer:1',
  offerId: null,
  problem,
  openedAt: now,
} as const;

/** What every other store must do. */
export function testRecords(open: () => Promise<Stores>): void {
  describe('workspaces', () => {
    test('makes a workspace once, with defaults, and its first person admin', async () => {
      const { workspaces } = await open();
      const made = await workspaces.ensure('slack:T1', 'slack', 'Team', ann, now);

      const again = await workspaces.ensure('slack:T1', 'slack', 'Other name', bob, later);

      expect(made).toEqual({
        id: 'slack:T1',
        surface: 'slack',
        name: 'Team',
        createdAt: now,
        timeZone: 'UTC',
        quietFrom: null,
        quietTo: null,
        dmAlerts: true,
        remindAfterMs: 86_400_000,
        escalateAfterMs: 172_800_000,
        mayAdd: 'members',
      });
      expect(again).toEqual(made);
      expect(await workspaces.admins('slack:T1')).toEqual([ann]);
    });

    test('keeps changed settings and admins', async () => {
      const { workspaces } = await open();
      await workspaces.ensure('slack:T1', 'slack', 'Team', ann, now);

      await workspaces.change('slack:T1', { dmAlerts: false, quietFrom: '22:00', mayAdd: 'admins' });
      await workspaces.change('slack:T1', {});
      await workspaces.setAdmin('slack:T1', bob, true);
      await workspaces.setAdmin('slack:T1', { ...bob, name: 'Robert' }, true);
      await workspaces.setAdmin('slack:T1', ann, false);

      const changed = { dmAlerts: false, quietFrom: '22:00', quietTo: null, mayAdd: 'admins' };
      expect(await workspaces.get('slack:T1')).toMatchObject(changed);
      expect(await workspaces.admins('slack:T1')).toEqual([{ id: 'U2', name: 'Robert' }]);
      expect(await workspaces.get('slack:T2')).toBeNull();
      expect(await workspaces.list()).toHaveLength(1);
    });
  });

  describe('offers', () => {
    test('seals the URL for the id that the offer gets', async () => {
      const stores = await open();
      const offer = await storeOffer(stores);

      expect(offer.sealedUrl).toBe(`sealed for ${offer.id}`);
      expect(offer).toMatchObject({ number: 1, state: 'active', shape: null, lastSyncAt: null });
      expect(await stores.offers.get(offer.id)).toEqual(offer);
    });

    test('numbers offers from 1 in each workspace and gives no number twice', async () => {
      const stores = await open();
      const first = await storeOffer(stores);
      const second = await storeOffer(stores);
      const elsewhere = await storeOffer(stores, { workspace: 'slack:T2' });
      await stores.offers.remove(second.id);

      const third = await storeOffer(stores);

      expect([first.number, second.number, third.number, elsewhere.number]).toEqual([1, 2, 3, 1]);
      expect(third.id).not.toBe(second.id);
    });

    test('finds an offer by number, by name in any case, by a unique beginning', async () => {
      const stores = await open();
      const star = await storeOffer(stores, { name: 'Lucky Star' });
      const lucky = await storeOffer(stores, { name: 'Lucky' });
      const nord = await storeOffer(stores, { name: 'ÉTOILE du Nord' });
      await storeOffer(stores, { workspace: 'slack:T2', name: 'Secret' });
      const find = async (text: string) => (await stores.offers.find('slack:T1', text))?.id ?? null;

      expect(await find('#2')).toBe(lucky.id);
      expect(await find('1')).toBe(star.id);
      expect(await find('lucky')).toBe(lucky.id);
      expect(await find('LUCKY S')).toBe(star.id);
      expect(await find('étoile')).toBe(nord.id);
      expect(await find('luck')).toBeNull();
      expect(await find('Secret')).toBeNull();
      expect(await find('')).toBeNull();
    });

    test('gives due and active offers, the longest due first', async () => {
      const stores = await open();
      const second = await storeOffer(stores, { nextSyncAt: now });
      const first = await storeOffer(stores, { nextSyncAt: addMilliseconds(now, -1) });
      const paused = await storeOffer(stores);
      await storeOffer(stores, { nextSyncAt: later, host: 'other.example' });
      await stores.offers.change(paused.id, { state: 'paused' });

      expect((await stores.offers.due(now, 10)).map((offer) => offer.id)).toEqual([first.id, second.id]);
      expect(await stores.offers.due(now, 1)).toHaveLength(1);
      expect((await stores.offers.atHost('lucky.example')).map((offer) => offer.id)).toEqual([
        second.id,
        first.id,
      ]);
    });

    test('keeps what changed, the shape of the report too', async () => {
      const stores = await open();
      const offer = await storeOffer(stores);
      const shape = { columns: ['ftds', 'ngr'], groups: ['day'], brands: ['Lucky'] } as const;

      await stores.offers.change(offer.id, { name: 'Bella', lastSyncAt: later, shape });
      await stores.offers.change(offer.id, {});

      expect(await stores.offers.get(offer.id)).toEqual({
        ...offer,
        name: 'Bella',
        lastSyncAt: later,
        shape,
      });
      const found = await stores.offers.findByFingerprint('slack:T1', 'fingerprint-1');
      expect(found?.id).toBe(offer.id);
      expect(await stores.offers.findByFingerprint('slack:T2', 'fingerprint-1')).toBeNull();
    });

    test('removes everything that hangs on an offer and nothing of another', async () => {
      const stores = await open();
      const gone = await storeOffer(stores);
      const kept = await storeOffer(stores, { name: 'Bella' });
      const day = '2026-11-15';
      for (const { id } of [gone, kept]) {
        await stores.figures.apply(reading(id, now, [day], [sourceRow(day, { ftds: 1 })]));
        await stores.figures.apply(reading(id, later, [day], [sourceRow(day, { ftds: 2 })]));
        await stores.runs.add(syncRun(id, now));
        await stores.jobs.add(job(`sync ${id}`, { payload: { offerId: id } }));
        const { incident } = await stores.incidents.open({ ...refused, subject: `offer:${id}`, offerId: id });
        await stores.outbox.add(outboxRow(`offer:${id}`));
        await stores.outbox.add(outboxRow(`offer:${id}:receipt`));
        await stores.outbox.add(outboxRow(`offer:${id}99`));
        await stores.outbox.add(outboxRow(`incident:${incident.id}`));
      }

      expect(await stores.offers.remove(gone.id)).toBe(1);

      expect(await stores.offers.get(gone.id)).toBeNull();
      expect(await stores.figures.countRows(gone.id)).toBe(0);
      expect(await stores.figures.dimensions(gone.id)).toEqual([]);
      expect(await stores.figures.days(gone.id, day, day)).toEqual([]);
      expect(await stores.figures.changes(gone.id, day, day)).toEqual([]);
      expect(await stores.runs.latest(gone.id, 5)).toEqual([]);
      expect(await stores.incidents.openFor(gone.id)).toEqual([]);
      expect(await stores.figures.changes(kept.id, day, day)).toHaveLength(1);
      expect(await stores.incidents.openFor(kept.id)).toHaveLength(1);
      expect((await stores.backlog.measure()).jobsWaiting).toBe(1);
      expect(await stores.jobs.add(job(`sync ${kept.id}`, { payload: { offerId: kept.id } }))).toBe(false);
      const said: string[] = [];
      for (let row = await stores.outbox.claim(now); row; row = await stores.outbox.claim(now)) {
        said.push(row.subject);
      }
      const [incident] = await stores.incidents.openFor(kept.id);
      expect(said).toEqual([
        `offer:${gone.id}99`,
        `offer:${kept.id}`,
        `offer:${kept.id}:receipt`,
        `offer:${kept.id}99`,
        `incident:${incident?.id}`,
      ]);
      expect(await stores.offers.remove(gone.id)).toBe(0);
    });
  });

  describe('sync runs', () => {
    test('keeps runs, the last that ended first, and finds those of one host', async () => {
      const stores = await open();
      const offer = await storeOffer(stores);
      const other = await storeOffer(stores, { host: 'other.example' });
      const run = syncRun(offer.id, now, { endedAt: later, pages: 2, rows: 30 });
      const first = await stores.runs.add(run);
      const failed = { ...run, state: 'failed', problemCode: 'probe.token-refused' } as const;
      const second = await stores.runs.add({ ...failed, endedAt: now, ratesDate: '2026-11-16' });
      await stores.runs.add({ ...run, offerId: other.id });
      await stores.runs.setChanges(first, 1);

      expect(await stores.runs.latest(offer.id, 5)).toEqual([
        { ...run, id: first, changes: 1 },
        { ...failed, id: second, endedAt: now, ratesDate: '2026-11-16' },
      ]);
      expect(await stores.runs.latest(offer.id, 1)).toHaveLength(1);
      expect((await stores.runs.atHostSince('lucky.example', later)).map((one) => one.id)).toEqual([first]);
      expect(await stores.runs.atHostSince('lucky.example', addMilliseconds(later, 1))).toEqual([]);
    });
  });

  describe('incidents', () => {
    test('opens one incident for a workspace, kind and subject until it has recovered', async () => {
      const { incidents } = await open();
      const first = await incidents.open(refused);
      const again = await incidents.open({ ...refused, openedAt: later });
      const elsewhere = await incidents.open({ ...refused, workspace: 'slack:T2' });
      await incidents.change(first.incident.id, { state: 'recovered', recoveredAt: later });
      const next = await incidents.open({ ...refused, openedAt: later });

      expect(first).toMatchObject({
        opened: true,
        incident: { number: 1, state: 'open', tries: 1, problem },
      });
      expect(again).toEqual({ opened: false, incident: first.incident });
      expect(elsewhere).toMatchObject({ opened: true, incident: { number: 1 } });
      expect(next).toMatchObject({ opened: true, incident: { number: 2 } });
      expect((await incidents.listOpen('slack:T1')).map((one) => one.number)).toEqual([2]);
      expect((await incidents.latest('slack:T1', 5)).map((one) => one.number)).toEqual([2, 1]);
      expect((await incidents.lastRecovered('slack:T1', refused.kind, refused.subject))?.number).toBe(1);
      expect(await incidents.allOpen()).toHaveLength(2);
      expect((await incidents.findByNumber('slack:T1', 1))?.id).toBe(first.incident.id);
      expect(await incidents.findByNumber('slack:T2', 2)).toBeNull();
    });

    test('opens one when many see the same at once', async () => {
      const { incidents } = await open();

      const answers = await Promise.all(Array.from({ length: 8 }, () => incidents.open(refused)));

      expect(answers.filter((answer) => answer.opened)).toHaveLength(1);
      expect(new Set(answers.map((answer) => answer.incident.id)).size).toBe(1);
    });

    test('keeps what changed, its receipt too', async () => {
      const { incidents } = await open();
      const { incident } = await incidents.open(refused);
      const receipt = {
        lastedMs: 3_600_000,
        days: ['2026-11-15'],
        changed: [{ currency: 'EUR', ftds: 3, ngr: '90071992547409931' }],
      };

      await incidents.change(incident.id, { tries: 3, acknowledgedBy: 'U2', receipt });
      await incidents.change(incident.id, {});

      const changed = { ...incident, tries: 3, acknowledgedBy: 'U2', receipt };
      expect(await incidents.get(incident.id)).toEqual(changed);
    });
  });

  describe('digests', () => {
    const schedule = {
      workspace: 'slack:T1',
      channelId: 'C1',
      channelName: '#casino',
      at: '09:00',
      timeZone: 'Europe/Malta',
      every: 'day',
      createdBy: 'U1',
      createdAt: now,
    } as const;

    test('replaces the schedule of the same channel and rhythm', async () => {
      const { digests } = await open();
      const first = await digests.setSchedule(schedule);
      const replaced = await digests.setSchedule({ ...schedule, at: '10:00' });
      const monthly = await digests.setSchedule({ ...schedule, every: 'month' });

      expect(first).toMatchObject(schedule);
      expect(replaced.at).toBe('10:00');
      expect(await digests.schedules('slack:T1')).toEqual([replaced, monthly]);
      expect(await digests.schedules('slack:T2')).toEqual([]);
      await digests.removeSchedule(monthly.id);
      expect(await digests.allSchedules()).toEqual([replaced]);
    });

    test('records a run key once', async () => {
      const { digests } = await open();
      const run = {
        kind: 'day',
        workspace: 'slack:T1',
        channelId: 'C1',
        localDate: '2026-11-15',
        postedAt: now,
      };

      expect(await digests.recordRun(run)).toBe(true);
      expect(await digests.recordRun({ ...run, postedAt: later })).toBe(false);
      expect(await digests.recordRun({ ...run, localDate: '2026-11-16' })).toBe(true);
      expect(await digests.lastRun('slack:T1', 'C1', 'day')).toEqual({ ...run, localDate: '2026-11-16' });
      expect(await digests.lastRun('slack:T2', 'C1', 'day')).toBeNull();
    });
  });

  describe('actions and audit', () => {
    test('gives a stored action to its own workspace until it expires', async () => {
      const { actions } = await open();
      const action = {
        id: 'a-random-id',
        workspace: 'slack:T1',
        command: 'offer add',
        form: true,
        sealedOptions: 'sealed',
        createdAt: now,
        expiresAt: later,
      };
      await actions.add(action);

      expect(await actions.get('slack:T1', 'a-random-id')).toEqual(action);
      expect(await actions.get('slack:T2', 'a-random-id')).toBeNull();
      expect(await actions.removeExpired(now)).toBe(0);
      expect(await actions.removeExpired(later)).toBe(1);
      expect(await actions.get('slack:T1', 'a-random-id')).toBeNull();
    });

    test('lists what was done in a workspace, newest first', async () => {
      const { audit } = await open();
      const entry = {
        workspace: 'slack:T1',
        at: now,
        userId: 'U1',
        userName: 'Ann',
        action: 'offer remove',
        subject: 'offer 3',
        outcome: 'refused',
      } as const;
      await audit.add(entry);
      await audit.add({ ...entry, at: later, outcome: 'done' });
      await audit.add({ ...entry, workspace: 'slack:T2' });

      const latest = await audit.latest('slack:T1', 5);

      expect(latest).toEqual([{ ...entry, at: later, outcome: 'done' }, entry]);
      expect(await audit.latest('slack:T1', 1)).toHaveLength(1);
    });
  });
}
