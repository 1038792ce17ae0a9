const signs: ReadonlyMap<string, string> = new Map([
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['₹', 'INR'],
  ['₽', 'RUB'],
  ['₺', 'TRY'],
  ['₴', 'UAH'],
  ['₦', 'NGN'],
  ['₩', 'KRW'],
  ['₫', 'VND'],
  ['₱', 'PHP'],
  ['₸', 'KZT'],
  ['₿', 'BTC'],
  ['R$', 'BRL'],
  ['US$', 'USD'],
  ['C$', 'CAD'],
  ['CA$', 'CAD'],
  ['A$', 'AUD'],
  ['AU$', 'AUD'],
  ['NZ$', 'NZD'],
  ['S$', 'SGD'],
  ['HK$', 'HKD'],
  ['MX$', 'MXN'],
]);

/** Currencies that are written with a bare `$`, beside those whose code ends in D. */
const dollars = new Set(['MXN', 'ARS', 'CLP', 'COP', 'UYU', 'USDT', 'USDC', 'BUSD', 'TUSD']);

/** The currency that a sign or code beside a number names; a bare `$` or `¥` stays as it is; `undefined` for what is neither. */
export function currencyOfSign(sign: string): string | undefined {
  if (/^[A-Z]{3,5}$/.test(sign)) return sign;
  if (/^\p{Sc}$/u.test(sign)) return signs.get(sign) ?? sign;
  return signs.get(sign);
}

/** True for a sign of several currencies, when the stated one is among them: the bare `$`, and `¥` for yen and yuan. */
export function isSharedSign(sign: string, currency: string): boolean {
  if (sign === '$') return dollars.has(currency) || /^[A-Z]{2}D$/.test(currency);
  return sign === '¥' && (currency === 'JPY' || currency === 'CNY');
}
