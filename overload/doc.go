// Package overload keeps a server that is asked for more than it can do at what it can do: the
// rest is told at once to come again, and nobody waits behind work that nobody waits for any
// more.
//
// It owns how many requests are worked on at once while the processors are behind, and whose.
// It does not own how often a client may ask (resolvers), nor how much is asked of a source at
// once (sources). It keeps nothing and knows nobody: who asks is an opaque text.
package overload
