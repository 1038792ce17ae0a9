import { expect, test } from 'vitest';
import { client, httpServer, type Loopback, problemOf, rawServer } from './loopback.js';

type Outcome = 'followed' | 'login' | 'refused';

/** `SELF` is the server's own origin, `PORT` its port, `OTHER` the origin of a second server that must stay unasked. */
const table: readonly (readonly [string, Outcome])[] = [
  ['/final', 'followed'],
  ['/final?token=test-token-1&page=2', 'followed'],
  ['final', 'followed'],
  ['./final', 'followed'],
  ['../final', 'followed'],
  ['SELF/final', 'followed'],
  ['//127.0.0.1:PORT/final', 'followed'],
  ['http://2130706433:PORT/final', 'followed'],
  ['/final#top', 'followed'],
  ['/authors/final', 'followed'],
  ['/blogin/final', 'followed'],
  ['/final?next=/login', 'followed'],
  ['/sessions-of-play', 'login'],
  ['/login', 'login'],
  ['/Login', 'login'],
  ['/en/log-in', 'login'],
  ['/login.php?back=%2Freport', 'login'],
  ['/users/sign_in', 'login'],
  ['/signin', 'login'],
  ['/sign-in/', 'login'],
  ['/signin-oidc', 'login'],
  ['/session/new', 'login'],
  ['/auth/realms/partners', 'login'],
  ['/oauth2/authorize', 'login'],
  ['/sso', 'login'],
  ['/%6Cogin', 'login'],
  ['/#/login', 'login'],
  ['/#!/auth/login?next=1', 'login'],
  ['OTHER/login', 'login'],
  ['https://accounts.example/signin', 'login'],
  ['//accounts.example/login', 'login'],
  ['OTHER/final', 'refused'],
  ['https://127.0.0.1:PORT/final', 'refused'],
  ['https://127.0.0.1/final', 'refused'],
  ['http://localhost:PORT/final', 'refused'],
  ['http://[::ffff:127.0.0.1]:PORT/final', 'refused'],
  ['http://169.254.169.254/latest/meta-data/', 'refused'],
  ['https://programme.example/final', 'refused'],
  ['//programme.example/final', 'refused'],
  ['/\\programme.example/final', 'refused'],
  ['\\\\programme.example/final', 'refused'],
  ['http:\\\\programme.example', 'refused'],
  ['http://ann:test-token-1@127.0.0.1:PORT/final', 'refused'],
  ['http://127.0.0.1:PORT@programme.example/final', 'refused'],
  ['ftp://127.0.0.1/final', 'refused'],
  ['file:///etc/passwd', 'refused'],
  ['data:text/plain,0', 'refused'],
  ['javascript:alert(1)', 'refused'],
  ['http://', 'refused'],
  ['http://[', 'refused'],
  ['', 'refused'],
];

async function redirecting(location: (server: Loopback) => string, status = 302) {
  const asked: string[] = [];
  const server: Loopback = await httpServer((request, response) => {
    asked.push(String(request.url));
    if (asked.length > 1) response.end('figures');
    else response.writeHead(status, { location: location(server) }).end('moved');
  });
  return { server, asked, guarded: client(`127.0.0.1:${server.port}`) };
}

test.each(table)('a redirect to "%s" is %s', async (template, outcome) => {
  const other = await httpServer((_, response) => response.end('elsewhere'));
  const { server, asked, guarded } = await redirecting((self) =>
    template.replace('SELF', self.origin).replace('PORT', `${self.port}`).replace('OTHER', other.origin),
  );
  const start = `${server.origin}/start/report?token=test-token-1`;

  if (outcome === 'refused') {
    const error = await problemOf(guarded.get({ url: start }));
    expect(error.problem.code).toBe('probe.redirected');
    expect(`${JSON.stringify(error)} ${error.stack}`).not.toContain('test-token');
  } else {
    const answer = await guarded.get({ url: start });
    expect(answer.loginRedirect).toBe(outcome === 'login');
    expect(answer.status).toBe(outcome === 'login' ? 302 : 200);
    expect(JSON.stringify(answer.headers)).not.toContain('test-token');
  }
  expect(asked.length).toBe(outcome === 'followed' ? 2 : 1);
  expect(other.connections()).toBe(0);
});

test(`the table holds at least 40 redirects`, () => {
  expect(table.length).toBeGreaterThanOrEqual(40);
});

test.each([301, 302, 303, 307, 308])('follows a %i with a GET', async (status) => {
  const { server, guarded } = await redirecting(() => '/final', status);

  expect((await guarded.get({ url: server.origin })).status).toBe(200);
});

test.each([300, 304, 305, 306])('takes a %i as an answer', async (status) => {
  const { server, guarded } = await redirecting(() => '/final', status);

  const answer = await guarded.get({ url: server.origin });

  expect(answer).toMatchObject({ status, loginRedirect: false });
});

test('takes a redirect that names no address as an answer', async () => {
  const server = await httpServer((_, response) => response.writeHead(302).end());

  const answer = await client(`127.0.0.1:${server.port}`).get({ url: server.origin });

  expect(answer).toMatchObject({ status: 302, loginRedirect: false });
});

test('follows three redirects and not a fourth', async () => {
  const server = await httpServer((request, response) => {
    const left = Number(request.url?.slice(1));
    if (left === 0) response.end('figures');
    else response.writeHead(302, { location: `/${left - 1}` }).end();
  });
  const guarded = client(`127.0.0.1:${server.port}`);

  const three = await guarded.get({ url: `${server.origin}/3` });
  const four = await problemOf(guarded.get({ url: `${server.origin}/4` }));

  expect(three.status).toBe(200);
  expect(four.problem.code).toBe('probe.redirected');
});

test('stops at once at a redirect to itself', async () => {
  let asked = 0;
  const server = await httpServer((request, response) => {
    asked++;
    response.writeHead(302, { location: String(request.url) }).end();
  });

  const { problem } = await problemOf(
    client(`127.0.0.1:${server.port}`).get({ url: `${server.origin}/a?b=1` }),
  );

  expect(problem.code).toBe('probe.redirected');
  expect(asked).toBe(1);
});

test('refuses an answer with two locations', async () => {
  const server = await rawServer((socket) => {
    socket.end(
      'HTTP/1.1 302 Found\r\nLocation: /final\r\nLocation: /other\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
    );
  });

  const { problem } = await problemOf(client(`127.0.0.1:${server.port}`).get({ url: server.origin }));

  expect(problem.code).toBe('probe.redirected');
});

test('sends its headers along to the same host', async () => {
  const seen: unknown[] = [];
  const server = await httpServer((request, response) => {
    seen.push(request.headers.authorization);
    if (seen.length === 1) response.writeHead(302, { location: '/final' });
    response.end();
  });

  await client(`127.0.0.1:${server.port}`).get({
    url: server.origin,
    headers: { authorization: 'test-token-1' },
  });

  expect(seen).toEqual(['test-token-1', 'test-token-1']);
});
