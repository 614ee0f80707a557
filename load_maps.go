package main

import (
	"os"

	"go.yaml.in/yaml/v4"

	"github.com/patchworkcare/patchwork/sources"
)

// maps reads what the region says that codes of the source stand for.
func (l *loading) maps(s *SourceConfig, n *yaml.Node) {
	s.maps = nil
	for i, c := range s.Maps {
		where := item(child(n, "maps"), i)
		if c.From == "" || c.To == "" || c.From == c.To {
			l.say(where, "source %s: maps: from and to must be the addresses of two code systems", s.ID)
			continue
		}
		m, err := mapFrom(c)
		if err != nil {
			l.say(orNode(child(where, "file"), where), "source %s: maps: file: %v", s.ID, err)
			continue
		}
		s.maps = append(s.maps, m)
	}
}

func mapFrom(c MapConfig) (*sources.Map, error) {
	f, err := os.Open(c.File)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return sources.ReadMap(f, c.From, c.To)
}
