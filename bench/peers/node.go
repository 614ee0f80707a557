package peers

import (
	"encoding/json"
	"path/filepath"

	"github.com/patchworkcare/patchwork/bench/proc"
)

// node starts a server of the peer's folder in Node. Its first line says where it listens.
func node(args ...string) func(where) (*Running, error) {
	return func(at where) (*Running, error) {
		sources, err := json.Marshal(at.sources)
		if err != nil {
			return nil, err
		}
		p, err := proc.Start(at.core, append([]string{"NODE_ENV=production", "BENCH_SOURCES=" + string(sources)}, at.env...), "node",
			append([]string{filepath.Join(at.folder, args[0])}, args[1:]...)...)
		if err != nil {
			return nil, err
		}
		r := &Running{Processes: []*proc.Process{p}}
		line, err := p.FirstLine(patience)
		if err == nil {
			err = json.Unmarshal([]byte(line), r)
		}
		if err != nil {
			r.Stop()
			return nil, err
		}
		return r, nil
	}
}
