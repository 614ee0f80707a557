// Package httpfault says what went wrong with a call to a neighbour over HTTP: by a status
// that is no success, or by no answer at all. Its texts are fixed and quote nothing of the
// answer or the address, because both hold what people are known by.
//
// What an answer means is the connector's.
package httpfault
