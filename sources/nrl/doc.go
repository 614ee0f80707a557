// Package nrl reads the National Record Locator (version 3) as a consumer: pointers that
// say which organisation holds what about a person, and how it is reached.
//
// It owns the question (by NHS number), which kinds of pointers are asked for, and how
// each kind is reached: in its own system, by telephone, or not from here. The locator
// hands out no documents, and none is ever fetched by its pointers' addresses. It does
// not own the shape of a pointer (package docref) nor the transport (dochttp).
//
// See README.md for configuration.
package nrl
