// Package subgraph is what stands behind a federating gateway in the bench: a server for
// each source's part of the graph, as lean as it can be made. An operation is parsed once;
// its selection is then cut out of the bytes that the source sends. It knows no types and
// checks nothing: the gateway does.
package subgraph
