/** How to replace a refused token, in ReferOn's own menu words. */
export const referonRenewalSteps: readonly string[] = [
  'Sign in to the programme, open Reports → General and open the preset.',
  'Turn API availability off and on again, then press Save changes.',
  'Press Copy link and replace the URL of the offer with it.',
];

export const referonSource = { label: 'ReferOn', renewalSteps: referonRenewalSteps } as const;
