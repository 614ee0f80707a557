// The people who have an account here, as the configuration names them.

import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (text) => createHash('sha256').update(text).digest();

/** Accounts finds people by user name and by subject. */
export class Accounts {
  constructor(users) {
    this.bySubject = new Map();
    this.byName = new Map();
    for (const user of users) {
      const subject = user.claims?.sub ?? digest(`subject of ${user.username}`).toString('hex').slice(0, 32);
      const account = { ...user, subject };
      this.bySubject.set(subject, account);
      this.byName.set(user.username.toLowerCase(), account);
    }
  }

  named(username) {
    return this.byName.get(String(username).trim().toLowerCase());
  }

  /** The account whose password this is; undefined also for one that is disabled. */
  signIn(username, password) {
    const account = this.named(username);
    const right = timingSafeEqual(digest(account?.password ?? ''), digest(String(password)));
    return account && account.password && right && !account.disabled ? account : undefined;
  }

  /** What oidc-provider calls findAccount: a disabled account is not found, so that its tokens end. */
  find(subject) {
    const account = this.bySubject.get(subject);
    if (!account || account.disabled) return undefined;
    return {
      accountId: subject,
      claims: async () => ({
        name: account.name,
        preferred_username: account.username,
        email: account.email,
        email_verified: account.email ? true : undefined,
        groups: account.groups,
        ...account.claims,
        sub: subject,
      }),
    };
  }

  list() {
    return [...this.byName.values()];
  }

  /** Which claims come with which scope; whatever else the people have comes with openid. */
  claimsByScope() {
    const byScope = {
      openid: ['sub', 'acr', 'amr', 'auth_time'],
      profile: ['name', 'given_name', 'family_name', 'preferred_username'],
      email: ['email', 'email_verified'],
      groups: ['groups'],
      // The scopes of NHS Care Identity Service 2.
      nationalrbacaccess: ['nhsid_nrbac_roles'],
      nhsperson: ['nhsid_useruid', 'idassurancelevel'],
    };
    const placed = new Set(Object.values(byScope).flat());
    for (const account of this.list()) {
      for (const name of Object.keys(account.claims ?? {})) {
        if (!placed.has(name)) byScope.openid.push(name);
        placed.add(name);
      }
    }
    return byScope;
  }
}
