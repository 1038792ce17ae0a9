/** The last step of replacing a token, on both platforms. */
export const renewStep = 'Type /offer renew with the offer and paste the new URL.';
