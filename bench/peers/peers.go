package peers

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/bench/proc"
)

// Peer is a server that Patchwork is compared with.
type Peer struct {
	Name string
	// Folder has its package.json, below the peers' folder.
	Folder string
	// Question asks for a work in a graph of its own, of the sources' resources; nil if the
	// peer is asked word for word what Patchwork is.
	Question func(work string, values []string) (query string, variables map[string]string)
	// First: it can answer the first question of each work only, at an address for each.
	First bool
	start func(at where) (*Running, error)
}

// where is what a peer is started with.
type where struct {
	core int
	// root is the peers' folder, folder the peer's own, dir one for what is written.
	root, folder, dir string
	sources, env      []string
}

// with adds to the environment.
func (w where) with(env ...string) where {
	w.env = append(w.env, env...)
	return w
}

// Running is a peer that answers.
type Running struct {
	// URL takes GraphQL by POST.
	URL string
	// Processes are all that it consists of.
	Processes []*proc.Process
}

// Stop ends it.
func (r *Running) Stop() {
	for _, p := range r.Processes {
		p.Stop()
	}
}

// All are the peers, in the order of the table.
func All() []Peer {
	return []Peer{
		{Name: "mercurius-jit", Folder: "mercurius", start: node("server.mjs")},
		{Name: "yoga-jit", Folder: "yoga", start: node("server.mjs", "jit")},
		{Name: "yoga", Folder: "yoga", start: node("server.mjs")},
		{Name: "apollo", Folder: "apollo", start: node("server.mjs")},
		{Name: "grafbase", Folder: "grafbase", Question: fhirQuestion, start: grafbase},
		{Name: "tailcall", Folder: "tailcall", Question: fhirQuestion, start: tailcall},
		{Name: "hive", Folder: "hive", Question: fhirQuestion, start: hive},
		{Name: "medplum-memory", Folder: "medplum", Question: medplumQuestion, First: true, start: medplum},
	}
}

// Named gives the peers of a list of names; "all" and "none" are names too.
func Named(list string) ([]Peer, error) {
	all := All()
	switch list {
	case "all":
		return all, nil
	case "none", "":
		return nil, nil
	}
	var some []Peer
	var names []string
	for _, p := range all {
		names = append(names, p.Name)
	}
	for name := range strings.SplitSeq(list, ",") {
		i := slices.Index(names, strings.TrimSpace(name))
		if i < 0 {
			return nil, fmt.Errorf("there is no peer %q; there are %s, and all, none", name, strings.Join(names, ", "))
		}
		some = append(some, all[i])
	}
	return some, nil
}

// patience is how long a peer may take to get ready.
const patience = 60 * time.Second
