import type { PlatformId } from '../platforms/platform.js';
import {
  corruptedEncoding,
  currencyMangled,
  htmlEntity,
  pathForQuery,
  postbackNotAUrl,
  postbackNotHttps,
  secondQuestionMark,
  spacesInside,
  syntaxUnknown,
  wrongBrackets,
} from '../problems/postback.js';
import type { Finding } from '../problems/problem.js';
import { cleanPasted } from './clean.js';
import { checkNames, type PostbackDraft } from './postback-names.js';
import { correctVariables, variablesOf } from './postback-variables.js';
import { parametersOf } from './query.js';

export interface CheckedPostback {
  /** The URL as read, without what stood around it. */
  readonly url: string;
  /** Everything that is wrong, errors first. */
  readonly findings: readonly Finding[];
  /** The URL with all that is certain put right; `null` when nothing of that kind was wrong. */
  readonly corrected: string | null;
  /** Names of the variables in the corrected URL. */
  readonly variables: readonly string[];
}

const corruptedPercent = /%(?![0-9a-f]{2})/i;

/** Takes off what surrounds the URL, but leaves what is wrong inside it: that is what the check is for. */
function bareUrl(pasted: string): string {
  const text = pasted.trim().replace(/[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu, '');
  const link = /^<([^|>]+:\/\/.*?)(?:\|[^|]*)?>$/.exec(text)?.[1] ?? text;
  return link.replace(/^["'“”‘’«`]+|["'“”‘’»`|.,]+$/gu, '');
}

function step(
  draft: PostbackDraft,
  url: string,
  finding: (changed: boolean) => Finding | null,
): PostbackDraft {
  const found = finding(url !== draft.url);
  return { url, findings: found === null ? draft.findings : [...draft.findings, found] };
}

/** Faults that any platform would stumble over. */
function correctAddress(start: PostbackDraft): PostbackDraft {
  const entities = start.url.replaceAll(/&amp;/gi, '&');
  const plain = step(start, entities, (changed) => (changed ? htmlEntity() : null));
  const currency = plain.url.replaceAll(
    /([?&]?)(?:¤|%C2%A4)cy/gi,
    (_, mark: string) => `${mark || '&'}currency`,
  );
  const named = step(plain, currency, (changed) => (changed ? currencyMangled() : null));

  const path = /^([^?#]*)\/([\w-]+=)/.exec(named.url);
  const opened = path === null ? named.url : named.url.replace(/^([^?#]*?)\/([\w-]+=)/, '$1?$2');
  const query = step(named, opened, (changed) => {
    const key = /^[^?#]*?\/([\w-]+=)/.exec(named.url)?.[1] ?? '';
    return changed ? pathForQuery(`/${key}`, `?${key}`) : null;
  });
  const first = query.url.indexOf('?');
  const tail = query.url.slice(first + 1).replaceAll(/\?(?=[\w-]+=)/g, '&');
  const single = first < 0 ? query.url : query.url.slice(0, first + 1) + tail;
  return step(query, single, (changed) => (changed ? secondQuestionMark() : null));
}

function correctSpelling(start: PostbackDraft): PostbackDraft {
  const { url, written } = correctVariables(start.url);
  return step(start, url, () => (written.length > 0 ? wrongBrackets(written) : null));
}

function checkTrackingLink(link: string): Finding[] {
  if (!URL.canParse(link) || !/^https?:/i.test(link)) return [postbackNotAUrl('tracking link')];
  if (!corruptedPercent.test(link)) return [];
  const broken = parametersOf(link).find(({ value }) => corruptedPercent.test(value));
  return [corruptedEncoding('tracking link', broken?.key ?? null)];
}

/**
 * Checks a postback URL against Affilka's syntax and against the tracking link whose keys come back with it.
 * ReferOn's syntax is not public: of its postbacks only the address is judged.
 */
export function lintPostback(
  pasted: string,
  platform: PlatformId = 'affilka',
  trackingLink?: string,
): CheckedPostback {
  const url = bareUrl(pasted);
  const scheme = /^https?:\/\//i.test(url);
  if (!scheme || !URL.canParse(url.replaceAll(/\s/g, ''))) {
    return { url, findings: [postbackNotAUrl('postback URL')], corrected: null, variables: [] };
  }
  const link = trackingLink === undefined ? null : (cleanPasted(trackingLink)?.url ?? trackingLink.trim());
  const address = correctAddress({ url, findings: [] });
  const affilka = platform === 'affilka';
  const { url: corrected, findings } = affilka ? checkNames(correctSpelling(address), link) : address;
  const spaced = /\s/u.test(corrected.replaceAll(/\$\{[^}]*\}/g, ''));
  const all = [
    ...findings,
    ...(spaced ? [spacesInside()] : []),
    ...(corruptedPercent.test(affilka ? corrected : '') ? [corruptedEncoding('postback URL', null)] : []),
    ...(link === null ? [] : checkTrackingLink(link)),
    ...(affilka ? [] : [syntaxUnknown('ReferOn')]),
    ...(/^http:/i.test(url) ? [postbackNotHttps()] : []),
  ];
  const errorsFirst = all.toSorted(
    (one, other) => Number(one.severity === 'warning') - Number(other.severity === 'warning'),
  );
  return {
    url,
    findings: errorsFirst,
    corrected: corrected === url ? null : corrected,
    variables: variablesOf(corrected),
  };
}
