// What the provider remembers, in memory: everything is gone when it ends. It is written
// out, not the library's own, so that the control can find the sessions of a user.

const kinds = new Map();

const records = (kind) => {
  if (!kinds.has(kind)) kinds.set(kind, new Map());
  return kinds.get(kind);
};

const alive = (record) => record && record.until > Date.now();

/** Store is the adapter that oidc-provider asks for: one per kind of record. */
export class Store {
  constructor(kind) {
    this.records = records(kind);
  }

  async upsert(id, payload, seconds) {
    this.records.set(id, { payload, until: seconds ? Date.now() + seconds * 1000 : Infinity });
  }

  async find(id) {
    const record = this.records.get(id);
    return alive(record) ? record.payload : undefined;
  }

  async findByUid(uid) {
    return [...this.records.values()].find((r) => alive(r) && r.payload.uid === uid)?.payload;
  }

  async findByUserCode(userCode) {
    return [...this.records.values()].find((r) => alive(r) && r.payload.userCode === userCode)?.payload;
  }

  async consume(id) {
    const record = this.records.get(id);
    if (record) record.payload.consumed = Math.floor(Date.now() / 1000);
  }

  async destroy(id) {
    this.records.delete(id);
  }

  async revokeByGrantId(grantId) {
    for (const [id, { payload }] of this.records) {
      if (payload.grantId === grantId) this.records.delete(id);
    }
  }
}

/** Every session of an account that still stands. */
export const sessionsOf = (accountId) =>
  [...records('Session').values()].filter((r) => alive(r) && r.payload.accountId === accountId).map((r) => r.payload);

/** Ends what was granted: its tokens are void at once. */
export async function revokeGrant(grantId) {
  for (const kind of kinds.keys()) await new Store(kind).revokeByGrantId(grantId);
  records('Grant').delete(grantId);
}
