import { referonRenewalSteps } from '../../problems/referon.js';

/** What problems of a ReferOn report say about their source. */
export const referonSource = { label: 'ReferOn', renewalSteps: referonRenewalSteps } as const;
