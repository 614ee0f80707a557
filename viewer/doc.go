// Package viewer keeps what a user keeps of the viewer: how they have arranged the summary,
// whom they opened lately, and digests of what they were shown, so that they can be told
// what is new.
//
// It owns their tables, the order in which the summary shows its sections to each role, and
// the forgetting. It knows patients by Patchwork's opaque id only, and statements by digests
// that it seals: it holds nothing of a record. Whether a caller may open a person is decided
// by policy before.
package viewer
