import { dashboardPage } from '../../problems/link.js';
import type { Finding } from '../../problems/problem.js';
import { referonExportSteps } from '../../problems/referon.js';

// The vendor publishes no list of its dashboard's addresses: these words of its API and menu are what can be known.
const otherPath = /\/statistic-service(?:\/|$)|\/report-presets?(?:\/|$)|\/reports?\/general(?:\/|$)/i;

/** The finding for a page of ReferOn that is not its export link. Dashboards may keep their path behind `#`. */
export function otherReferonPage(url: URL): Finding | null {
  return otherPath.test(`${url.pathname}${url.hash}`) ? dashboardPage('ReferOn', referonExportSteps) : null;
}
