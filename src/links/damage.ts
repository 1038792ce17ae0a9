import { type Parameter, parametersOf } from './query.js';
import { isPlaceholder } from './token.js';

const corruptedPercent = /%(?![0-9a-f]{2})/i;
const shortened = /\.{3}|\.{2}$|…|%E2%80%A6/i;
/** `=3D` is how mail source writes `=`. */
const quotedPrintable = /[?&](?:from|to|period|page|id|download)=3D/i;

function isShortened({ key, value }: Parameter): boolean {
  if (key === 'token' && isPlaceholder(value)) return false;
  return shortened.test(key) || shortened.test(value);
}

/** What copying damaged, in a few words and without any part of the token; `null` for a whole address. */
export function damageOf(url: string): string | null {
  const [path = ''] = url.split(/[?#]/, 1);
  if (quotedPrintable.test(url)) return 'it was copied from the source of a mail, which writes =3D for =';
  const cut = parametersOf(url).find(isShortened);
  if (cut !== undefined) {
    return cut.key === 'token' ? 'its token was cut short ("…")' : 'it was cut short ("…")';
  }
  if (shortened.test(path)) return 'it was cut short ("…")';
  if (url.includes('\uFFFD') || /%EF%BF%BD/i.test(url)) return 'some characters became question marks';
  if (!corruptedPercent.test(url)) return null;
  const broken = parametersOf(url).find(({ key, value }) => corruptedPercent.test(`${key}=${value}`));
  const where = broken === undefined || corruptedPercent.test(broken.key) ? '' : ` in "${broken.key}"`;
  return `it has a % that is not followed by two hexadecimal digits${where}`;
}

/** True when the end of the address is gone, so that whatever else seems missing may only have been cut off. */
export function isCutOff(url: string): boolean {
  if (!/(?:\.{2,}|…|%E2%80%A6)$/i.test(url)) return false;
  return parametersOf(url).at(-1)?.key !== 'token';
}
