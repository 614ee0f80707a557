// Package smart is the SMART App Launch 2.2 authorization server: its scopes, its
// registry of clients and what it keeps of codes and tokens. It decides neither who the
// user is (auth) nor what they may see (auth/policy): a scope can only narrow that.
package smart
