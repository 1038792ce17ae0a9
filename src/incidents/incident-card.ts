import type { Action, Block, Card, Tone } from '../card.js';
import type { Instant } from '../dates.js';
import type { Incident } from './incident.js';
import { incidentTitle, stateLine } from './incident-words.js';
import { receiptBlocks } from './receipt-words.js';

/** What a card needs beside the incident. */
export interface IncidentView {
  readonly incident: Incident;
  /** The offer's name, or the host. */
  readonly name: string;
  readonly offerNumber: number | null;
  readonly zone: string;
  readonly now: Instant;
  /** Names of the people who were told. */
  readonly told: readonly string[];
  /** Stands in for the title when an incident ended as part of a larger one. */
  readonly ending?: string;
}

/** The one message in the channel: a line, its state, and the details for the thread. */
export function channelCard(view: IncidentView): Card {
  const { incident } = view;
  return {
    title: view.ending ?? incidentTitle(view),
    tone: toneOf(incident),
    blocks: [{ type: 'text', text: stateLine(view), muted: true }],
    details: incident.state === 'recovered' ? receiptBlocks(incident) : [problemBlock(incident)],
    problems: [incident.problem.code],
  };
}

/** The direct message to the owner: the same line, the steps, and what can be done with one press. */
export function directCard(view: IncidentView): Card {
  const { incident } = view;
  const title = view.ending ?? incidentTitle(view);
  const state: Block = { type: 'text', text: stateLine(view), muted: true };
  const problems = [incident.problem.code];
  if (incident.state === 'recovered') {
    return { title, tone: 'good', blocks: [state, ...receiptBlocks(incident)], problems };
  }
  const actions: Block = { type: 'actions', actions: actionsFor(view) };
  return { title, tone: toneOf(incident), blocks: [state, problemBlock(incident), actions], problems };
}

/** A second message about something that is still open. */
export function reminderCard(view: IncidentView, opening: string): Card {
  const card = directCard(view);
  return { ...card, title: `${opening}: ${card.title}` };
}

function problemBlock({ problem }: Incident): Block {
  return {
    type: 'steps',
    title: problem.what,
    code: problem.code,
    text: problem.why,
    steps: problem.fix,
  };
}

function toneOf(incident: Incident): Tone {
  if (incident.state === 'recovered') return 'good';
  return incident.state === 'open' ? 'bad' : 'warning';
}

function actionsFor({ incident, offerNumber }: IncidentView): Action[] {
  const actions: Action[] = [];
  const number = String(incident.number);
  const { kind } = incident;
  const aboutOffer = offerNumber !== null;
  const mendedByUrl = kind === 'token-refused' || kind === 'sync-failing' || kind === 'report-drifted';
  if (aboutOffer && mendedByUrl) {
    const options = { offer: String(offerNumber) };
    const style = kind === 'token-refused' ? { style: 'primary' as const } : {};
    actions.push({ label: 'Replace URL', command: 'offer renew', options, form: true, ...style });
  }
  if (aboutOffer && kind !== 'ftd-drop') {
    actions.push({ label: 'Retry now', command: 'offer sync', options: { offer: String(offerNumber) } });
  }
  if (incident.state !== 'acknowledged') {
    const label = kind === 'report-drifted' ? 'Accept the new report' : 'Acknowledge';
    actions.push({ label, command: 'alert ack', options: { incident: number } });
  }
  actions.push({
    label: 'Snooze',
    command: 'alert snooze',
    options: { incident: number, for: '4h' },
    form: true,
  });
  return actions;
}
