import { isAdmin } from './access/is-admin.js';
import { visibleOffers } from './access/visible-offers.js';
import type { Caller, Command } from './command.js';
import type { Choice } from './dispatch.js';
import { maySee } from './incidents/may-answer.js';
import { fieldsOf } from './options.js';
import type { Core } from './ports.js';

const mostChoices = 25;
const commonCurrencies =
  'EUR USD GBP CAD AUD NZD SEK NOK DKK PLN CZK HUF CHF JPY INR BRL MXN TRY ZAR USDT BTC ETH'.split(' ');

/** What fits what was typed so far for an option; at most 25, as Discord allows. */
export async function completions(
  core: Core,
  command: Command | undefined,
  option: string,
  typed: string,
  caller: Caller,
): Promise<readonly Choice[]> {
  const field = command && fieldsOf(command.options).find((known) => known.name === option);
  if (!field || caller.isGuest) return [];
  const wanted = typed.trim().toLowerCase();
  const choices = await choicesFor(core, field.field, field.choices ?? [], caller);
  return choices.filter((choice) => choice.label.toLowerCase().includes(wanted)).slice(0, mostChoices);
}

async function choicesFor(
  core: Core,
  kind: string,
  fixed: readonly string[],
  caller: Caller,
): Promise<Choice[]> {
  if (fixed.length > 0) return fixed.map(same);
  if (kind === 'offer') {
    return (await visibleOffers(core, caller)).map((offer) => ({
      label: `${offer.number} · ${offer.name}`.slice(0, 100),
      value: String(offer.number),
    }));
  }
  if (kind === 'incident') {
    const { stores } = core;
    const open = await stores.incidents.listOpen(caller.workspace);
    const admin = await isAdmin(core, caller);
    const visible = await Promise.all(open.map((incident) => maySee(stores, incident, caller, admin)));
    return open
      .filter((_, index) => visible[index])
      .map((incident) => ({
        label: `${incident.number} · ${incident.problem.what}`.slice(0, 100),
        value: String(incident.number),
      }));
  }
  if (kind === 'timezone') return ['UTC', ...Intl.supportedValuesOf('timeZone')].map(same);
  if (kind === 'currency') return commonCurrencies.map(same);
  return [];
}

function same(text: string): Choice {
  return { label: text, value: text };
}
