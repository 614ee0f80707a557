package peers

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/patchworkcare/patchwork/bench/proc"
)

// tailcall puts its graph before the sources by directives.
func tailcall(at where) (*Running, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "schema @server(port: %s, hostname: \"127.0.0.1\") @upstream(keepAliveTimeout: 90, poolIdleTimeout: 90, poolMaxIdlePerHost: 256) { query: Query }\n", port)
	b.WriteString("type Query {\n")
	for i, base := range at.sources {
		b.WriteString(rootFields(i, func(c call) string {
			query := `{key: "` + c.by + `", value: "{{.args.ids}}"}`
			if c.by == "" {
				query = `{key: "family", value: "{{.args.family}}"}, {key: "birthdate", value: "{{.args.birthdate}}"}`
			}
			return fmt.Sprintf(` @http(url: "%s/%s", query: [%s])`, base, c.kinds, query)
		}))
	}
	b.WriteString("}\n" + fhirTypes)
	file := filepath.Join(at.dir, "sources.graphql")
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		return nil, err
	}
	p, err := proc.Start(at.core, []string{"TAILCALL_TRACKER=false", "TAILCALL_LOG_LEVEL=error"},
		filepath.Join(at.folder, "node_modules/@tailcallhq/core-linux-x64-gnu/bin/tailcall"), "start", file)
	if err != nil {
		return nil, err
	}
	return (&Running{URL: "http://127.0.0.1:" + port + "/graphql", Processes: []*proc.Process{p}}).ready()
}
