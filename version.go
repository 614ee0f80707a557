package main

import (
	"encoding/json"
	"fmt"
	"runtime"

	"github.com/patchworkcare/patchwork/migrations"
)

// version and commit are set by the build (make build, make dist), from git; nothing of when
// or where it is built goes in, so that two builds of one commit are the same bytes.
var (
	version = "dev"
	commit  = ""
)

// aboutProgram says which program this is.
type aboutProgram struct {
	Version  string `json:"version"`
	Commit   string `json:"commit,omitempty"`
	Go       string `json:"go"`
	Platform string `json:"platform"`
	// Schema is the step to which it brings its database.
	Schema int `json:"schema"`
}

func about() aboutProgram {
	known, err := migrations.Newest()
	if err != nil {
		panic(err) // the steps are constants of this program
	}
	return aboutProgram{Version: version, Commit: commit, Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH, Schema: known}
}

type versionCommand struct {
	JSON bool `name:"json" help:"Write JSON."`
}

// Run says which program this is.
func (c *versionCommand) Run(t *terminal) error {
	v := about()
	if c.JSON {
		return json.NewEncoder(t.out).Encode(v)
	}
	fmt.Fprintf(t.out, "patchwork %s (%s, %s, database step %d)\n", v.Version, v.Go, v.Platform, v.Schema)
	return nil
}
