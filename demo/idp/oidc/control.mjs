// The control: what an administrator of the organisation does, for tests and the walk. It
// listens on a port of its own.
//
//   GET  /                      the users, and how many sessions each has
//   POST /users/NAME/end        ends their sessions; every client is told by back-channel logout
//   POST /users/NAME/disable    from now on: no sign-in, no refresh (invalid_grant)
//   POST /users/NAME/enable
//   POST /clients               one more client, as its OpenID registration says
//
// Answers are JSON; 204 if there is nothing to say, 404 for an unknown user.

import { revokeGrant, sessionsOf, Store } from './store.mjs';

/** Tells each client of the session, then forgets it and what was granted in it. */
async function endSession(provider, session) {
  const told = [];
  for (const [clientId, { sid, grantId }] of Object.entries(session.authorizations ?? {})) {
    const client = await provider.Client.find(clientId);
    if (grantId) await revokeGrant(grantId);
    if (!client?.backchannelLogoutUri) continue;
    const answer = await client.backchannelLogout(session.accountId, sid).then(
      () => ({ client: clientId, told: true }),
      (error) => ({ client: clientId, told: false, problem: error.message }),
    );
    told.push(answer);
  }
  await new Store('Session').destroy(session.jti);
  return told;
}

async function endSessions(provider, account) {
  const told = await Promise.all(sessionsOf(account.subject).map((session) => endSession(provider, session)));
  return told.flat();
}

async function bodyOf(req) {
  let text = '';
  for await (const chunk of req) text += chunk;
  return JSON.parse(text);
}

const list = (accounts) =>
  accounts.list().map(({ username, name, subject, disabled }) => ({
    username,
    name,
    subject,
    disabled: Boolean(disabled),
    sessions: sessionsOf(subject).length,
  }));

/** Answers a request to the control: [status, what to say]. */
export async function control(provider, accounts, req) {
  const path = new URL(req.url, 'http://control').pathname;
  if (req.method === 'GET' && path === '/') return [200, { users: list(accounts) }];
  if (req.method === 'POST' && path === '/clients') {
    const client = await bodyOf(req);
    await new Store('Client').upsert(client.client_id, client);
    await provider.Client.find(client.client_id); // an impossible client is refused now, not at sign-in
    return [204];
  }
  const [, encoded, what] = /^\/users\/([^/]+)\/(end|disable|enable)$/.exec(path) ?? [];
  const account = encoded && accounts.named(decodeURIComponent(encoded));
  if (req.method !== 'POST' || !account) return [404, { problem: 'there is no such address or user' }];
  if (what === 'end') return [200, { clients: await endSessions(provider, account) }];
  account.disabled = what === 'disable';
  return [204];
}
