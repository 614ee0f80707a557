package main

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/sources"
)

// Everything wrong with the politeness of a source is said at once, each with its line.
func TestPolitenessReportsEverything(t *testing.T) {
	t.Parallel()
	const stanza = "connect: {url: 'http://127.0.0.1:1'}"
	_, err := parseConfig("bad.yaml", []byte(`sources:
  - id: gp
    type: fhirr4
    rate: {per_second: 0, burst: -1}
    windows:
      - {days: [mon, Tuesday], from: 22:00, to: 6:00}
      - {from: 24:00, to: 06:00, until: x}
      - from: 08:00
        to: 08:00
    `+stanza+`
  - id: pas
    type: fhirr4
    rate: {burst: 3}
    `+stanza+`
  - id: lab
    type: fhirr4
    rate: {per_second: often}
    windows: at night
    `+stanza+`
  - {id: x, type: fhirr4, rate: {per_second: .inf, burst: 20000}, `+stanza+`}
  - {id: y, type: fhirr4, rate: {per_second: .nan}, `+stanza+`}
`))
	var config *ConfigError
	if !errors.As(err, &config) {
		t.Fatal(err)
	}
	for _, want := range []string{
		"bad.yaml:4: source gp: rate.per_second must be above 0", "bad.yaml:4: source gp: rate.burst must be",
		`bad.yaml:6: source gp: windows: days: there is no day "Tuesday"`, "bad.yaml:6: source gp: windows: to: must be a time of day",
		"bad.yaml:7: there is no key until", "bad.yaml:7: source gp: windows: from: must be a time of day", "bad.yaml:9: source gp: windows: to: must differ",
		"bad.yaml:13: source pas: rate.per_second", "bad.yaml:17: this must be a number", "bad.yaml:18: this must be a list",
		"bad.yaml:20: source x: rate.per_second", "bad.yaml:20: source x: rate.burst", "bad.yaml:21: source y: rate.per_second",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("it does not say %q in\n%v", want, err)
		}
	}
}

// What the stanza says is what the source is opened with.
func TestPolitenessIsTaken(t *testing.T) {
	t.Parallel()
	c, err := parseConfig("good.yaml", []byte(`sources:
  - id: gp
    type: fhirr4
    rate: {per_second: 0.5, burst: 3}
    windows: [{days: [sat], from: 22:00, to: 06:00}, {from: "00:00", to: "24:00"}]
    connect: {url: "http://127.0.0.1:1"}
  - {id: pas, type: fhirr4, connect: {url: "http://127.0.0.1:1"}}
`))
	if err != nil {
		t.Fatal(err)
	}
	s, plain := c.Sources[0].settings(), c.Sources[1].settings()
	if s.Rate != (sources.Rate{PerSecond: 0.5, Burst: 3}) || len(s.Windows) != 2 || s.Windows[0].From != 22*60 || s.Windows[0].To != 6*60 ||
		len(s.Windows[0].Days) != 1 || s.Windows[0].Days[0] != time.Saturday || s.Windows[1].To != 24*60 {
		t.Errorf("%+v", s)
	}
	if plain.Rate != (sources.Rate{}) || plain.Windows != nil {
		t.Errorf("%+v", plain)
	}
}
