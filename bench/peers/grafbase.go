package peers

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/patchworkcare/patchwork/bench/peers/subgraph"
	"github.com/patchworkcare/patchwork/bench/proc"
)

// grafbase is a gateway that federates the parts of the sources. What stands behind it
// counts: it is how the answer comes about.
func grafbase(at where) (*Running, error) {
	r := &Running{}
	behind, err := r.subgraphs(at)
	if err != nil {
		return nil, err
	}
	port, err := freePort()
	if err != nil {
		r.Stop()
		return nil, err
	}
	config := "[graph]\nintrospection = false\n[telemetry.tracing]\nsampling = 0.0\n"
	for i := range at.sources {
		letter := letters[i : i+1]
		if err := os.WriteFile(filepath.Join(at.dir, letter+".graphql"), []byte(partOf(i)), 0o600); err != nil {
			r.Stop()
			return nil, err
		}
		config += fmt.Sprintf("[subgraphs.%s]\nurl = \"%s/%s\"\nschema_path = \"%s\"\n", letter, behind, letter, filepath.Join(at.dir, letter+".graphql"))
	}
	file := filepath.Join(at.dir, "grafbase.toml")
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		r.Stop()
		return nil, err
	}
	p, err := proc.Start(at.core, []string{"GRAFBASE_TELEMETRY_DISABLED=1", "GRAFBASE_HOME=" + at.dir},
		filepath.Join(at.folder, "node_modules/@grafbase/cli-x86_64-unknown-linux-musl/grafbase"), "--home", at.dir, "dev", "--config", file, "--listen-address", "127.0.0.1:"+port)
	if err != nil {
		r.Stop()
		return nil, err
	}
	r.URL, r.Processes = "http://127.0.0.1:"+port+"/graphql", append(r.Processes, p)
	return r.ready()
}

// subgraphs starts the parts of the sources, in one process; they are served below the
// address that it gives.
func (r *Running) subgraphs(at where) (string, error) {
	plan := subgraph.Plan{Sources: map[string]string{}, Calls: map[string]subgraph.Call{}}
	for i, base := range at.sources {
		plan.Sources[letters[i:i+1]] = base
	}
	for _, w := range works {
		for _, c := range calls[w] {
			plan.Calls[c.name] = subgraph.Call{Kinds: c.kinds, By: c.by}
		}
	}
	text, err := json.Marshal(plan)
	if err != nil {
		return "", err
	}
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	p, err := proc.Start(at.core, nil, self, "serve-subgraphs", string(text))
	if err != nil {
		return "", err
	}
	r.Processes = append(r.Processes, p)
	var ready subgraph.Ready
	line, err := p.FirstLine(patience)
	if err == nil {
		err = json.Unmarshal([]byte(line), &ready)
	}
	if err != nil {
		r.Stop()
	}
	return ready.URL, err
}

var aType = regexp.MustCompile(`(?m)^type \w+`)

// partOf is one source's part of the graph: every part has the same types.
func partOf(source int) string {
	return `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@shareable"])` + "\ntype Query {\n" +
		rootFields(source, func(call) string { return "" }) + "}\n" + strings.TrimSpace(aType.ReplaceAllString(fhirTypes, "$0 @shareable")) + "\n"
}
