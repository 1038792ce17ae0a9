/** How to replace a refused token, in Affilka's own menu words. */
export const affilkaRenewalSteps: readonly string[] = [
  'Sign in to the programme and open Reports → Statistics.',
  'Press Filter, then Export report, and choose JSON.',
  'Copy the whole address of the tab that opens and replace the URL of the offer with it.',
  'Ask your affiliate manager whether the user is blocked, if the new token is refused too.',
];
