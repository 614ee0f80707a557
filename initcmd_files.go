package main

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"text/template"

	"github.com/patchworkcare/patchwork/auth/policy"
)

// regionFiles are the texts of a new region: templates of a newRegion.
//
//go:embed region
var regionFiles embed.FS

// newRegion is what a region's directory is written from.
type newRegion struct {
	initCommand
	// State is the address of the database, without a password.
	State string
	// SQLite: the database is a file of the directory. PlainHTTP: there is no TLS in front.
	SQLite, PlainHTTP bool
	// Address is where to sign in.
	Address string

	dir      string // absolute
	passfile string // text of secrets/pgpass; "" for none
	made     bool   // the directory was not there
	written  []string
}

// regionFile is one file of a new region.
type regionFile struct {
	name, from string // from is the template's name; "" for text
	text       []byte
	mode       fs.FileMode
}

// write makes the folders and files. No file that is there is touched.
func (r *newRegion) write() error {
	if err := os.MkdirAll(r.dir, 0o750); err != nil {
		return fmt.Errorf("the directory cannot be made: %w", err)
	}
	for _, folder := range []string{"secrets", "state", "extracts"} {
		if err := os.Mkdir(r.In(folder), 0o700); err != nil {
			return fmt.Errorf("the directory cannot be written: %w", err)
		}
		r.written = append(r.written, folder)
	}
	for _, f := range r.files() {
		if err := r.file(f); err != nil {
			return fmt.Errorf("the directory cannot be written: %w", err)
		}
	}
	return nil
}

func (r *newRegion) files() []regionFile {
	files := []regionFile{
		{name: "patchwork.yaml", from: "patchwork.yaml", mode: 0o640},
		{name: "README.md", from: "README.md", mode: 0o640},
		{name: ".gitignore", from: "gitignore", mode: 0o640},
		{name: "policies.yaml", text: policy.DefaultsText(), mode: 0o640},
		{name: "extracts/people.csv", from: "extracts/people.csv", mode: 0o640},
		{name: "extracts/allergies.csv", from: "extracts/allergies.csv", mode: 0o640},
	}
	if r.passfile != "" {
		files = append(files, regionFile{name: "secrets/pgpass", text: []byte(r.passfile), mode: 0o600})
	}
	return files
}

func (r *newRegion) file(f regionFile) error {
	if f.from != "" {
		t, err := template.ParseFS(regionFiles, "region/"+f.from)
		if err != nil {
			return err
		}
		var b bytes.Buffer
		if err := t.Execute(&b, r); err != nil {
			return err
		}
		f.text = b.Bytes()
	}
	out, err := os.OpenFile(r.In(f.name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, f.mode)
	if err != nil {
		return err
	}
	r.written = append(r.written, f.name)
	_, err = out.Write(f.text)
	return errors.Join(err, out.Sync(), out.Close())
}

// undo takes away what was written: the directory was empty before, or not there.
func (r *newRegion) undo() error {
	var errs []error
	for _, name := range r.written {
		errs = append(errs, os.RemoveAll(r.In(name)))
	}
	if r.made {
		if err := os.Remove(r.dir); !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// In is the absolute path of a file of the region: the server may be started from anywhere.
func (r *newRegion) In(name string) string { return filepath.Join(r.dir, filepath.FromSlash(name)) }

var plainWord = regexp.MustCompile(`^[A-Za-z0-9_./+@%=:,-]+$`)

// Shown is the path of a file as the command line named the directory, as a word of a shell.
func (r *newRegion) Shown(name string) string {
	path := filepath.Join(r.Dir, name)
	if plainWord.MatchString(path) {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}

// Quoted is a text as YAML takes it literally: JSON is YAML.
func (r *newRegion) Quoted(text string) (string, error) {
	var b strings.Builder
	out := json.NewEncoder(&b)
	out.SetEscapeHTML(false)
	err := out.Encode(text)
	return strings.TrimSuffix(b.String(), "\n"), err
}
