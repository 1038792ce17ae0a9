import {
  needsTrackingLink,
  notOnTrackingLink,
  noVariables,
  variable,
  variableMisspelt,
} from '../problems/postback.js';
import type { Finding } from '../problems/problem.js';
import { builtInVariables, misspeltBuiltIn, variablesOf } from './postback-variables.js';
import { parametersOf } from './query.js';

/** A postback URL on its way through the checks: what was certain is already put right. */
export interface PostbackDraft {
  readonly url: string;
  readonly findings: readonly Finding[];
}

function isBuiltIn(name: string): boolean {
  return (builtInVariables as readonly string[]).includes(name);
}

/** Without the tracking link nobody can say whether a name of the person's own is right: then it is a warning. */
function checkNamesAlone({ url, findings }: PostbackDraft): PostbackDraft {
  const own = variablesOf(url).filter((name) => !isBuiltIn(name));
  if (own.length === 0) return { url, findings };
  const builtIn = own.map(misspeltBuiltIn).find((known) => known !== null) ?? null;
  return { url, findings: [...findings, needsTrackingLink(own, builtIn)] };
}

function checkNamesOnLink(start: PostbackDraft, keys: readonly string[]): PostbackDraft {
  const strange = variablesOf(start.url).filter((name) => !isBuiltIn(name) && !keys.includes(name));
  const misspelt = strange.flatMap((name) => {
    const builtIn = misspeltBuiltIn(name);
    return builtIn === null ? [] : [{ name, builtIn }];
  });
  const url = misspelt.reduce(
    (text, { name, builtIn }) => text.replaceAll(variable(name), variable(builtIn)),
    start.url,
  );
  const findings = [
    ...start.findings,
    ...misspelt.map(({ name, builtIn }) => variableMisspelt(name, builtIn)),
  ];
  const absent = strange.filter((name) => misspeltBuiltIn(name) === null);
  if (absent.length === 0) return { url, findings };
  const near = keys.find((key) => absent.some((name) => name.toLowerCase() === key.toLowerCase())) ?? null;
  return { url, findings: [...findings, notOnTrackingLink(absent, keys, near)] };
}

/** Compares the names in the brackets with Affilka's own variables and with the keys of the tracking link. */
export function checkNames(start: PostbackDraft, trackingLink: string | null): PostbackDraft {
  if (variablesOf(start.url).length === 0) {
    return { url: start.url, findings: [...start.findings, noVariables()] };
  }
  if (trackingLink === null) return checkNamesAlone(start);
  // A tracker's own macro may be written #reqid#, which is no fragment.
  const readable = trackingLink.replaceAll(/=#([\w-]+)#/g, '=$1');
  return checkNamesOnLink(
    start,
    parametersOf(readable).map(({ key }) => key),
  );
}
