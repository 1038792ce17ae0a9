import type { FigureField } from '../../figures.js';

/** Affilka's name of each of our fields. */
export const affilkaColumns: Readonly<Record<FigureField, string>> = {
  clicks: 'visits_count',
  registrations: 'registrations_count',
  ftds: 'first_deposits_count',
  ftdAmount: 'first_deposits_sum',
  deposits: 'deposits_sum',
  ngr: 'ngr',
  commission: 'partner_income',
  depositors: 'depositing_players_count',
  prequalified: 'prequalified_players_count',
  qualified: 'qualified_players_count',
  cpaIncome: 'fixed_per_player',
};

/** Groupings finer than ours: rows that differ only in these are parts of one row. */
const finerGroups = new Set([
  ...['promo', 'promo_id', 'strategy', 'strategy_id', 'player', 'player_id', 'player_country', 'country'],
  ...['partner', 'partner_id', 'dedicated_operator', 'dedicated_operator_id', 'traffic_source', 'landing'],
]);

export function isFinerGroup(name: string): boolean {
  return finerGroups.has(name) || name.startsWith('dynamic_tag_');
}
