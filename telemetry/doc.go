// Package telemetry tells operators what the server does: traces, by OpenTelemetry, and the
// metrics of its requests.
//
// It owns the spans, what may stand in them, and their way to a collector. It does not own what
// other rooms measure of themselves: they declare what they tell, and main brings it here. What
// stands in a span or a label is a word of a closed kind or a number (Attr): never anything of a
// person, and nothing that a caller chose.
package telemetry
