package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"text/tabwriter"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/fhir"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/resolvers"
	"github.com/patchworkcare/patchwork/views"
)

type viewCommand struct {
	Check viewCheckCommand `cmd:"" help:"Report everything that is wrong with files of views."`
	Apply viewApplyCommand `cmd:"" help:"Keep views that stand in files, and ask for their approval."`
	List  viewListCommand  `cmd:"" help:"List the views and where they are on their way."`
}

// viewFile is a view in a file: a name, and what it is.
type viewFile struct {
	Name string `json:"name"`
	views.Body
}

// readView reads a file, YAML or JSON; unknown keys are refused.
func readView(file string) (*viewFile, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("the view cannot be read: %w", err)
	}
	var tree any
	if err := yaml.Unmarshal(text, &tree); err != nil {
		return nil, usageError(err.Error())
	}
	if text, err = json.Marshal(tree); err != nil {
		return nil, usageError("it is no tree of keys and values")
	}
	var v viewFile
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&v); err != nil {
		return nil, usageError(err.Error())
	}
	return &v, nil
}

// viewsFor is the room of views on the command line: it runs nothing.
func viewsFor(db *migrations.DB, ledger *audit.Ledger) *views.Store {
	s := views.New(db.Write, db.Read, ledger, make([]byte, 32), time.Now)
	s.Fields, s.Renderer = resolvers.ViewFields(resolvers.Schema()), fhir.NewRenderer()
	return s
}

type viewCheckCommand struct {
	Files []string `arg:"" help:"Files of views, YAML or JSON."`
}

// Run reports what is wrong, file by file.
func (c *viewCheckCommand) Run(t *terminal) error {
	s := &views.Store{Fields: resolvers.ViewFields(resolvers.Schema()), Renderer: fhir.NewRenderer()}
	bad := 0
	for _, file := range c.Files {
		v, err := readView(file)
		if err == nil {
			err = s.Check(&v.Body)
		}
		if err != nil {
			bad++
			fmt.Fprintf(t.out, "%s: %v\n", file, err)
			continue
		}
		fmt.Fprintf(t.out, "%s is well\n", file)
	}
	if bad > 0 {
		return usageError(fmt.Sprintf("%d of %d files are to be mended", bad, len(c.Files)))
	}
	return nil
}

type viewApplyCommand struct {
	Config string   `required:"" placeholder:"FILE" help:"The configuration, for its database."`
	Files  []string `arg:"" help:"Files of views, YAML or JSON."`
}

// Run keeps each view as a new version, if it differs, and submits it.
func (c *viewApplyCommand) Run(t *terminal) (err error) {
	_, db, err := openState(t.ctx, c.Config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	for _, file := range c.Files {
		v, err := readView(file)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		err = recording(t, db, func(ctx context.Context, ledger *audit.Ledger) error {
			kept, changed, err := viewsFor(db, ledger).Apply(ctx, v.Name, v.Body)
			if err != nil {
				return err
			}
			word := "is unchanged"
			if changed {
				word = "waits for approval"
			}
			fmt.Fprintf(t.out, "%s, version %d: %s %s\n", v.Name, kept.Version, kept.Title, word)
			return nil
		})
		var bad interface{ BadInput() bool }
		if errors.As(err, &bad) {
			return usageError(file + ": " + err.Error())
		}
		if err != nil {
			return unmigrated(err)
		}
	}
	return nil
}

type viewListCommand struct {
	Config string `required:"" placeholder:"FILE" help:"The configuration, for its database."`
}

// Run lists the newest version of every view.
func (c *viewListCommand) Run(t *terminal) (err error) {
	_, db, err := openState(t.ctx, c.Config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	list, err := viewsFor(db, nil).List(t.ctx, true)
	if err != nil {
		return unmigrated(err)
	}
	w := tabwriter.NewWriter(t.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "VIEW\tVERSION\tSTATE\tUNTIL\tPURPOSE\tOWNER\tTITLE")
	for _, v := range list {
		until := ""
		if !v.Until.IsZero() {
			until = v.Until.Format(time.DateOnly)
		}
		fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%s\t%s\t%s\n", v.ID, v.Version, v.State, until, v.Purpose, v.OwnerName, v.Title)
	}
	return w.Flush()
}
