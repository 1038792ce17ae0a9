import { affilkaExportSteps } from '../../problems/affilka.js';
import { dashboardPage } from '../../problems/link.js';
import type { Finding } from '../../problems/problem.js';

// The pages of the affiliate's dashboard all live below /partner; the APIs' other paths (attributes, …) show no figures either.
const dashboard = /^(?:\/[a-z]{2}(?:-[a-z]{2})?)?\/partner(?:\/|$)/i;
const otherApi = /\/api\/(?:client|customer\/v\d+)\/partner(?:\/|$)/;

/** The finding for a page of Affilka that is not its report link. */
export function otherAffilkaPage(url: URL): Finding | null {
  const found = dashboard.test(url.pathname) || otherApi.test(url.pathname);
  return found ? dashboardPage('Affilka', affilkaExportSteps) : null;
}
