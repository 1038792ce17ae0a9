import { inWords } from './in-words.js';
import type { Finding } from './problem.js';

/** A variable as Affilka wants it written. */
export function variable(name: string): string {
  return `\${${name}}`;
}

type Postback = Pick<Finding, 'code' | 'what' | 'why' | 'fix'>;

function error(problem: Postback, mendable = false): Finding {
  return { ...problem, severity: 'error', mendable };
}

function warning(problem: Postback, mendable = false): Finding {
  return { ...problem, severity: 'warning', mendable };
}

export function postbackNotAUrl(subject: string): Finding {
  return error({
    code: 'postback.not-a-url',
    what: `The ${subject} is not a web address.`,
    why: 'It has to begin with https:// and the host of a server.',
    fix: [`Copy the ${subject} again as a whole, from https:// to its end, and paste it here.`],
  });
}

/** `written` is each variable as it stands, with the right form. */
export function wrongBrackets(
  written: readonly { readonly wrong: string; readonly right: string }[],
): Finding {
  const [first] = written;
  const several = written.length > 1;
  return error(
    {
      code: 'postback.wrong-brackets',
      what: `${inWords(written.map(({ wrong }) => wrong))} ${several ? 'are not variables' : 'is not a variable'} as Affilka writes ${several ? 'them' : 'it'}.`,
      why: 'With another spelling the postback is not sent, or your tracker gets the text and not the value.',
      fix: [
        `Write ${inWords(written.map(({ right }) => right))}: a dollar sign, then the name in curly brackets.`,
        `Click the variables below the Postback URL field on the My Postbacks page, which adds ${first?.right ?? 'them'} by itself.`,
      ],
    },
    true,
  );
}

export function pathForQuery(wrong: string, right: string): Finding {
  return error(
    {
      code: 'postback.path-for-query',
      what: `The first parameter begins with ${wrong} in place of ${right}.`,
      why: 'After a slash it is part of the path, and your tracker sees no parameter at all.',
      fix: [
        `Replace ${wrong} by ${right}: a question mark stands before the first parameter, & before each other one.`,
      ],
    },
    true,
  );
}

export function secondQuestionMark(): Finding {
  return error(
    {
      code: 'postback.second-question-mark',
      what: 'A second question mark stands between two parameters.',
      why: 'Only the first one begins the parameters; what follows the second is taken as part of a value.',
      fix: ['Replace every question mark but the first by &.'],
    },
    true,
  );
}

export function currencyMangled(): Finding {
  return error(
    {
      code: 'postback.currency-mangled',
      what: 'The URL holds ¤cy where &currency should be.',
      why: 'A web page read "&curren" as the sign ¤ when the URL was copied; the currency would not arrive.',
      fix: [
        'Replace ¤cy by &currency.',
        `Put currency=${variable('currency')} first, right after the question mark: there it cannot be damaged.`,
      ],
    },
    true,
  );
}

export function htmlEntity(): Finding {
  return error(
    {
      code: 'postback.html-entity',
      what: 'The URL holds &amp; where a plain & should be.',
      why: 'Your tracker would get parameters with names such as "amp;amount".',
      fix: ['Replace every &amp; by &.'],
    },
    true,
  );
}

export function spacesInside(): Finding {
  return error({
    code: 'postback.spaces',
    what: 'There are spaces inside the URL.',
    why: 'A URL ends at the first space: what follows would be lost, or the whole postback is not sent.',
    fix: ['Remove the spaces; write %20 where a value really needs one.'],
  });
}

export function noVariables(): Finding {
  return error({
    code: 'postback.no-variables',
    what: 'The postback URL holds no variable.',
    why: 'Your tracker would learn that something happened, but not to which click or player.',
    fix: [
      `Add the variable that holds your click id, such as clickid=${variable('clickid')}.`,
      'Add the same key to the tracking link, so that the programme knows its value.',
    ],
  });
}

/** `keys` are those of the tracking link. */
export function notOnTrackingLink(
  names: readonly string[],
  keys: readonly string[],
  near: string | null,
): Finding {
  const written = inWords(names.map(variable));
  const has = keys.length === 0 ? 'has no parameters' : `has only ${inWords(keys)}`;
  return error({
    code: 'postback.not-on-tracking-link',
    what: `The tracking link does not carry ${inWords(names)}, and the postback asks for ${written}.`,
    why: `The name in the brackets must equal a key on the tracking link, which ${has}; otherwise no value comes back.`,
    fix: [
      ...(near === null ? [] : [`Compare capital and small letters: the tracking link says ${near}.`]),
      `Add ${inWords(names.map((name) => `${name}=`))} with your tracker's own value to the tracking link.`,
      'Rename the variable in the postback instead if the link carries the value under another key.',
    ],
  });
}

/** `builtIn` is a variable of Affilka that one of the names resembles. */
export function needsTrackingLink(names: readonly string[], builtIn: string | null): Finding {
  return warning({
    code: 'postback.needs-tracking-link',
    what: `${inWords(names.map(variable))} ${names.length > 1 ? 'are' : 'is'} not among the variables that Affilka fills by itself.`,
    why: 'Such a value comes back only if the tracking link carries a key of exactly that name.',
    fix: [
      ...(builtIn === null ? [] : [`Write ${variable(builtIn)} if you mean Affilka's own variable.`]),
      `Check that the tracking link holds ${inWords(names.map((name) => `${name}=`))}.`,
      'Type the command again with link: and the tracking link, and both are compared.',
    ],
  });
}

export function variableMisspelt(name: string, builtIn: string): Finding {
  return error(
    {
      code: 'postback.variable-misspelt',
      what: `${variable(name)} is not a variable; Affilka's own is ${variable(builtIn)}.`,
      why: 'Names are compared letter by letter, so that this one stays empty.',
      fix: [`Write ${variable(builtIn)}.`],
    },
    true,
  );
}

export function postbackNotHttps(): Finding {
  return warning({
    code: 'postback.not-https',
    what: 'The postback goes over http and not https.',
    why: 'Anyone on the way can read or forge it.',
    fix: ['Write https:// if your tracker has a certificate.'],
  });
}

export function corruptedEncoding(subject: string, key: string | null): Finding {
  return error({
    code: 'postback.corrupted-encoding',
    what: `The ${subject} holds a % that is not followed by two hexadecimal digits${key === null ? '' : `, in ${key}`}.`,
    why: 'The value is damaged before the programme stores it, and comes back damaged with the postback.',
    fix: [
      `Copy the ${subject} again from where it was made.`,
      'Write %25 where a percent sign itself is meant.',
      'Look how your tracker fills in the value if the damage comes back.',
    ],
  });
}

export function syntaxUnknown(platform: string): Finding {
  return warning({
    code: 'postback.syntax-unknown',
    what: `How ${platform} writes its variables is not public, so the brackets were not checked.`,
    why: 'Only the address itself and the tracking link could be checked.',
    fix: ['Ask your affiliate manager for an example of a postback URL and compare the brackets.'],
  });
}
