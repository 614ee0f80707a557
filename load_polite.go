package main

import (
	"math"

	"go.yaml.in/yaml/v4"

	"github.com/patchworkcare/patchwork/sources"
)

// mostPerSecond is far above what any system is asked; more is a slip.
const mostPerSecond = 10_000

// politeness checks how gently a system is to be asked.
func (l *loading) politeness(s *SourceConfig, n *yaml.Node) {
	if r := s.Rate; r != nil {
		if !(r.PerSecond > 0) || r.PerSecond > mostPerSecond || math.IsInf(r.PerSecond, 0) {
			l.say(orNode(at(n, "rate.per_second"), child(n, "rate")), "source %s: rate.per_second must be above 0 and at most 10,000", s.ID)
		}
		if r.Burst < 0 || r.Burst > mostPerSecond {
			l.say(at(n, "rate.burst"), "source %s: rate.burst must be from 1 to 10,000", s.ID)
		}
	}
	s.windows = nil
	for i, c := range s.Windows {
		w, problems := sources.ParseWindow(c.Days, c.From, c.To)
		where := item(child(n, "windows"), i)
		for _, p := range problems {
			l.say(orNode(child(where, p.Path), where), "source %s: windows: %s: %s", s.ID, p.Path, p.Text)
		}
		s.windows = append(s.windows, w)
	}
}
