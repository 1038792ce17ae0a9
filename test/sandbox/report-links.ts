import { addDays, type Day, dayIn, type Instant } from '../../src/dates.js';
import type { ReportAccess } from '../../src/platforms/platform.js';
import { usualColumns } from './affilka-columns.js';
import { customerPath, feedPath } from './affilka-routes.js';
import { type ExportFormat, type Preset, usualFormat, usualPreset } from './preset.js';
import { exportPath, type Presets } from './referon-routes.js';

/** What differs from a faultless Affilka link. `null` leaves a parameter out. */
export interface AffilkaLink {
  readonly token?: string | null;
  readonly from?: Day | null;
  readonly to?: Day | null;
  readonly period?: string | null;
  readonly page?: number;
  readonly columns?: readonly string[];
  readonly groups?: readonly string[];
  /** Brand ids of the filter; the default is none. */
  readonly brands?: readonly string[];
  /** The currency to convert to; `null` (the default is EUR) leaves each in its own. */
  readonly currency?: string | null;
}

/** What differs from a faultless ReferOn link and its preset. */
export interface ReferonLink extends Partial<Omit<Preset, 'format'>> {
  readonly format?: Partial<ExportFormat>;
  /** A saved preset, in place of a new one. */
  readonly id?: string;
  readonly token?: string | null;
  readonly from?: Day | null;
  readonly to?: Day | null;
  readonly download?: boolean;
}

/** Full links as people paste them. */
export interface ReportLinks {
  affilkaReportUrl(link?: AffilkaLink): string;
  /** The customer API's link has no token in it; the token goes beside it. */
  affilkaCustomerUrl(link?: AffilkaLink): Required<ReportAccess>;
  /** Saves a new preset on each call, unless an `id` is given. */
  referonExportUrl(link?: ReferonLink): string;
  dashboardUrl(): string;
}

interface LinkSource {
  readonly origin: string;
  readonly now: () => Instant;
  readonly presets: Presets;
  readonly tokens: { readonly affilka: string; readonly referon: string };
}

export function createReportLinks({ origin, now, presets, tokens }: LinkSource): ReportLinks {
  function windowOf(link: { readonly from?: Day | null; readonly to?: Day | null }) {
    const today = dayIn('UTC', now());
    return {
      from: link.from === undefined ? addDays(today, -7) : link.from,
      to: link.to === undefined ? addDays(today, -1) : link.to,
    };
  }

  function affilkaParams(link: AffilkaLink, token: string | null): URLSearchParams {
    const { from, to } = windowOf(link);
    const currency = link.currency === undefined ? 'EUR' : link.currency;
    const period = link.period === undefined ? 'custom' : link.period;
    const params = new URLSearchParams();
    if (from !== null) params.append('from', from);
    if (to !== null) params.append('to', to);
    if (period !== null) params.append('period', period);
    if (currency !== null) {
      params.append('exchange_rates_date', to ?? dayIn('UTC', now()));
      params.append('convert_all_currencies', 'true');
      params.append('conversion_currency', currency);
    }
    for (const column of link.columns ?? usualColumns) params.append('columns[]', column);
    for (const group of link.groups ?? ['day', 'brand', 'campaign']) params.append('group_by[]', group);
    for (const brand of link.brands ?? []) params.append('brand_ids[]', brand);
    params.append('name', '');
    if (token !== null) params.append('token', token);
    params.append('page', String(link.page ?? 1));
    return params;
  }

  return {
    affilkaReportUrl(link = {}) {
      const token = link.token === undefined ? tokens.affilka : link.token;
      return `${origin}${feedPath}?${affilkaParams(link, token)}`;
    },
    affilkaCustomerUrl(link = {}) {
      return {
        url: `${origin}${customerPath}?${affilkaParams(link, null)}`,
        token: link.token ?? tokens.affilka,
      };
    },
    referonExportUrl(link = {}) {
      const { id, token: asked, from: _from, to: _to, download = true, format, ...preset } = link;
      const saved = id ?? presets.add({ ...usualPreset, ...preset, format: { ...usualFormat, ...format } });
      const token = asked === undefined ? tokens.referon : asked;
      const { from, to } = windowOf(link);
      const parts = [
        `id=${saved}`,
        ...(token === null ? [] : [`token=${token}`]),
        ...(from === null ? [] : [`from=${from}`]),
        ...(to === null ? [] : [`to=${to}`]),
        ...(download ? ['download=true'] : []),
      ];
      return `${origin}${exportPath}?${parts.join('&')}`;
    },
    dashboardUrl: () => `${origin}/partner/reports?group_by=day`,
  };
}
