// A certified OpenID provider (oidc-provider) for the demo region and the tests of
// sign-in. Its configuration comes as one JSON document on standard input; when it
// answers, one line of JSON on standard output says where. It ends when standard input
// does, so that it never outlives who started it.

import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';

import { Accounts } from './accounts.mjs';
import { control } from './control.mjs';
import { messagePage, signInPage, signOutPage } from './pages.mjs';
import { Store } from './store.mjs';

// Node 20 has no URL.parse yet, which the library uses.
URL.parse ??= (url, base) => (URL.canParse(url, base) ? new URL(url, base) : null);

const { Provider } = await import('oidc-provider');

const listen = (port) =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve({ server, url: `http://127.0.0.1:${server.address().port}` }));
  });

const signingKeys = () =>
  [
    { alg: 'RS256', pair: generateKeyPairSync('rsa', { modulusLength: 2048 }) },
    { alg: 'ES256', pair: generateKeyPairSync('ec', { namedCurve: 'P-256' }) },
  ].map(({ alg, pair }) => ({ ...pair.privateKey.export({ format: 'jwk' }), alg, use: 'sig' }));

/** Clients are the organisation's own: what they ask for is granted without asking the user. */
async function grantWhatIsAsked(ctx) {
  const { client, session, params, provider } = ctx.oidc;
  const known = session.grantIdFor(client.clientId);
  const grant = (known && (await provider.Grant.find(known))) ?? new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  if (grant.accountId !== session.accountId) return undefined;
  grant.addOIDCScope(params.scope);
  await grant.save(14 * 24 * 3600);
  return grant;
}

function configure(config, accounts) {
  const name = config.name;
  const seconds = { AccessToken: 300, AuthorizationCode: 60, IdToken: 300, RefreshToken: 36000, Session: 36000, Grant: 36000, Interaction: 600 };
  return {
    adapter: Store,
    acrValues: config.acrValues ?? [],
    claims: accounts.claimsByScope(),
    clientBasedCORS: () => false,
    // Many providers of hospitals put everything into the id_token; so does this one.
    conformIdTokenClaims: false,
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      revocation: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: async (ctx, form) => void (ctx.body = signOutPage({ name, form })),
        postLogoutSuccessSource: async (ctx) => void (ctx.body = messagePage({ name, title: 'You are signed out', text: `You have signed out of ${name}.` })),
      },
    },
    // The library keeps its requests away from this machine's own addresses. Here every
    // client lives on them: back-channel logout must arrive.
    fetch: (url, { dispatcher, ...options }) => fetch(url, options),
    findAccount: (ctx, subject) => accounts.find(subject),
    interactions: { url: (ctx, { uid }) => `/sign-in/${uid}` },
    issueRefreshToken: (ctx, client) => client.grantTypeAllowed('refresh_token'),
    jwks: { keys: signingKeys() },
    loadExistingGrant: grantWhatIsAsked,
    pkce: { required: () => true },
    renderError: async (ctx, out) => {
      ctx.type = 'html';
      ctx.body = messagePage({ name, title: 'This sign-in cannot go on', text: out.error_description ?? out.error });
    },
    rotateRefreshToken: config.rotateRefreshTokens === true,
    scopes: ['openid', 'offline_access'],
    ttl: seconds,
  };
}

async function formOf(req) {
  let text = '';
  for await (const chunk of req) {
    text += chunk;
    if (text.length > 4096) return new URLSearchParams();
  }
  return new URLSearchParams(text);
}

/** Serves the sign-in page at /sign-in/UID; reports whether the address was its own. */
async function signIn(provider, accounts, config, req, res) {
  const [, uid, what] = /^\/sign-in\/([\w-]+)(\/decline)?$/.exec(new URL(req.url, provider.issuer).pathname) ?? [];
  if (!uid) return false;
  const { params } = await provider.interactionDetails(req, res);
  if (what) {
    await provider.interactionFinished(req, res, { error: 'access_denied', error_description: 'the user declined' });
    return true;
  }
  const form = req.method === 'POST' ? await formOf(req) : undefined;
  const account = form && accounts.signIn(form.get('username'), form.get('password'));
  if (account) {
    const acr = account.claims?.acr;
    await provider.interactionFinished(req, res, { login: { accountId: account.subject, acr, amr: account.claims?.amr ?? ['pwd'] } });
    return true;
  }
  res.writeHead(form ? 401 : 200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'x-frame-options': 'DENY' });
  const username = form?.get('username') ?? params.login_hint;
  res.end(signInPage({ name: config.name, action: `/sign-in/${uid}`, decline: `/sign-in/${uid}/decline`, username, failed: Boolean(form) }));
  return true;
}

function serveControl(server, provider, accounts) {
  server.on('request', (req, res) => {
    control(provider, accounts, req)
      .catch((error) => [400, { problem: error.error_description ?? error.message }])
      .then(([status, answer]) => {
        res.writeHead(status, answer && { 'content-type': 'application/json' });
        res.end(answer && JSON.stringify(answer));
      });
  });
}

function serveProvider(server, provider, accounts, config) {
  const library = provider.callback();
  server.on('request', (req, res) => {
    signIn(provider, accounts, config, req, res).then(
      (done) => done || library(req, res),
      (error) => {
        console.error(error.message);
        res.writeHead(400, { 'content-type': 'text/html; charset=utf-8' });
        res.end(messagePage({ name: config.name, title: 'This sign-in cannot go on', text: 'It took too long or began elsewhere. Go back and begin again.' }));
      },
    );
  });
}

async function start(config) {
  const [own, controlled] = await Promise.all([listen(config.port ?? 0), listen(0)]);
  const accounts = new Accounts(config.users ?? []);
  const provider = new Provider(own.url, configure(config, accounts));
  provider.on('server_error', (ctx, error) => console.error(error.stack));
  for (const event of ['authorization.error', 'grant.error', 'backchannel.error', 'end_session.error']) {
    provider.on(event, (ctx, error) => console.error(event, error.error ?? '', error.error_detail ?? error.message));
  }
  for (const client of config.clients ?? []) {
    await new Store('Client').upsert(client.client_id, client);
    await provider.Client.find(client.client_id); // an impossible client fails the start
  }
  serveProvider(own.server, provider, accounts, config);
  serveControl(controlled.server, provider, accounts);
  console.log(JSON.stringify({ issuer: own.url, control: controlled.url }));
}

const lines = createInterface({ input: process.stdin });
lines.once('line', (line) => {
  start(JSON.parse(line)).catch((error) => {
    console.error(error.error_description ?? error.stack);
    process.exit(1);
  });
});
lines.once('close', () => process.exit(0));
