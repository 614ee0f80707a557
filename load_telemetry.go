package main

import (
	"net/url"

	"go.yaml.in/yaml/v4"
)

// TelemetryConfig is about what operators see of requests. docs/operate/observe.md.
type TelemetryConfig struct {
	// OTLP is the collector of OpenTelemetry traces, by HTTP: http://127.0.0.1:4318. Without it
	// nothing is traced, which is the default.
	OTLP string `yaml:"otlp"`
	// Sample is the share of requests that is traced, above 0 and at most 1; default 0.1.
	Sample *float64 `yaml:"sample"`
	// TrustTraceparent takes part in the traces of the proxies before this server, and lets them
	// say what is traced: only where nobody else can send the header traceparent.
	TrustTraceparent bool `yaml:"trust_traceparent"`
}

// usualSample is the share that is traced if nothing is said.
const usualSample = 0.1

// sample is the share of requests that is traced.
func (c *TelemetryConfig) sample() float64 {
	if c.Sample == nil {
		return usualSample
	}
	return *c.Sample
}

// telemetry checks where traces go.
func (l *loading) telemetry(c *TelemetryConfig, n *yaml.Node) {
	if c.OTLP == "" {
		if c.Sample != nil || c.TrustTraceparent {
			l.say(n, "telemetry: otlp is missing: the collector to which traces go, such as http://127.0.0.1:4318")
		}
		return
	}
	u, err := url.Parse(c.OTLP)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		l.say(child(n, "otlp"), "telemetry: otlp must be the address of a collector without user, query or fragment, such as http://127.0.0.1:4318")
	}
	if s := c.sample(); !(s > 0) || s > 1 {
		l.say(child(n, "sample"), "telemetry: sample must be above 0 and at most 1")
	}
}
