/** A whole answer before it goes out. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export function textAnswer(
  status: number,
  type: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { status, headers: { 'content-type': type, ...headers }, body: Buffer.from(body, 'utf8') };
}

export function jsonAnswer(status: number, value: unknown): Answer {
  return textAnswer(status, 'application/json; charset=utf-8', JSON.stringify(value));
}

export function htmlAnswer(status: number, title: string, content: string): Answer {
  const page = `<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body>${content}</body></html>\n`;
  return textAnswer(status, 'text/html; charset=utf-8', page);
}

/** What a browser sees without a session. */
export function loginPage(): Answer {
  const form =
    '<h1>Sign in</h1><form method="post" action="/partner/login"><input name="email" type="email"><input name="password" type="password"><button>Sign in</button></form>';
  return htmlAnswer(200, 'Partner login', form);
}

/** The dashboard's report page, which people paste in place of the export link. */
export function dashboardPage(): Answer {
  return htmlAnswer(200, 'Reports', '<h1>Reports</h1><button>Filter</button><button>Export report</button>');
}
