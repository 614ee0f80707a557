// Package dochttp is how the connectors of documents call their neighbours over HTTP:
// login and client certificate, answers within bounds, and every fault as an error of
// its kind, whose text quotes no address, because addresses hold what people are known by.
//
// It owns the transport only. What a question and an answer mean is the connector's;
// caps and breakers are package sources'.
package dochttp
