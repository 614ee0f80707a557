package main

import (
	"strings"
	"testing"
)

// Where traces go is told in the configuration's words, or refused with a line.
func TestTelemetrySettings(t *testing.T) {
	t.Parallel()
	const sources = "sources: []\n"
	for text, want := range map[string]string{
		"telemetry: {otlp: 'http://127.0.0.1:4318'}":             "",
		"telemetry: {otlp: 'https://c.example/otlp', sample: 1}": "",
		"telemetry: {}":                                           "",
		"telemetry: {sample: 0.5}":                                "otlp is missing",
		"telemetry: {trust_traceparent: true}":                    "otlp is missing",
		"telemetry: {otlp: 127.0.0.1:4318}":                       "must be the address of a collector",
		"telemetry: {otlp: 'grpc://c.example'}":                   "must be the address of a collector",
		"telemetry: {otlp: 'http://u:secret@c.example'}":          "must be the address of a collector",
		"telemetry: {otlp: 'http://c.example?token=secret'}":      "must be the address of a collector",
		"telemetry: {otlp: 'http://c.example', sample: 0}":        "sample must be above 0",
		"telemetry: {otlp: 'http://c.example', sample: 1.1}":      "sample must be above 0",
		"telemetry: {otlp: 'http://c.example', sample: .nan}":     "sample must be above 0",
		"telemetry: {otlp: 'http://c.example', sampling: always}": "sampling",
	} {
		_, err := parseConfig("patchwork.yaml", []byte(sources+text+"\n"))
		var lines []string
		for line := range strings.Lines(err.Error()) {
			if !strings.Contains(line, "at least one system") {
				lines = append(lines, line)
			}
		}
		said := strings.Join(lines, "")
		if (want == "") != (said == "") || !strings.Contains(said, want) || strings.Contains(said, "secret") {
			t.Errorf("%s: %q", text, said)
		}
	}
}
