package main

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/patchworkcare/patchwork/web"
)

// program looks at what runs.
func (d *doctor) program() {
	v := about()
	if _, err := fs.Stat(web.FS(), "index.html"); err != nil {
		d.warn("program", "patchwork "+v.Version+" was built without the viewer: browsers are shown a sentence instead", "build it by make build, or take a released program")
		return
	}
	d.ok("program", "patchwork %s, built with %s", v.Version, v.Go)
}

// configuration reads it; false if it cannot be used.
func (d *doctor) configuration() bool {
	const check = "configuration"
	config, err := configFrom(d.file)
	var wrong *ConfigError
	switch {
	case errors.As(err, &wrong):
		for line := range strings.Lines(wrong.Error()) {
			d.fail(check, strings.TrimSpace(line), "correct the line; patchwork config check says when all are right")
		}
	case err != nil:
		d.fail(check, err.Error(), "give the file's path, and let the account that serves read it")
	}
	if err != nil {
		d.warn(check, "nothing else was looked at", "run the doctor again when the configuration is right")
		return false
	}
	d.config = config
	for _, w := range config.warnings {
		d.warn(check, fmt.Sprintf("%s:%d: %s", d.file, w.line, w.text), "see the line")
	}
	if len(config.warnings) == 0 {
		d.ok(check, "%s: %s, %s, %s", d.file, counted(len(config.Sources), "source"), counted(len(config.Logins), "login"), counted(len(config.Launchers), "launcher"))
	}
	return true
}

// named is a file that the configuration names, by where it does.
type named struct{ key, path string }

// namedFiles are all of them that are there or should be, but what connectors read as data.
func (d *doctor) namedFiles() []named {
	c := d.config
	files := []named{{"smart.secret_file", c.secretFile()}, {"audit.key", c.Audit.Key}}
	if s := c.Audit.Syslog; s != nil {
		files = append(files, named{"audit.syslog.key", s.Key}, named{"audit.syslog.certificate", s.Certificate}, named{"audit.syslog.ca", s.CA})
	}
	// The stanzas are read once more, for the keys that end in _file.
	text, err := os.ReadFile(d.file)
	var root yaml.Node
	if err != nil || yaml.Load(text, &root) != nil {
		return files
	}
	for _, kind := range []string{"sources", "logins", "launchers"} {
		list := child(mapping(&root), kind)
		for i := 0; list != nil && i < len(list.Content); i++ {
			id := kind
			if n := child(list.Content[i], "id"); n != nil {
				id = strings.TrimSuffix(kind, "s") + " " + n.Value
			}
			scalars(list.Content[i], "", func(path string, n *yaml.Node) {
				if strings.HasSuffix(path, "_file") && n.Value != "" {
					files = append(files, named{id + ": " + strings.TrimPrefix(path, "connect."), d.beside(n.Value)})
				}
			})
		}
	}
	return files
}

// beside is where a stanza's file is: in the configuration's folder, else as it stands.
func (d *doctor) beside(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	if there := filepath.Join(filepath.Dir(d.file), path); exists(there) {
		return there
	}
	return path
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// publicFiles are the ends of keys whose files are no secret.
var publicFiles = []string{"ca_file", "cert_file", "certificate_file", "metadata_file", "syslog.ca", "syslog.certificate"}

// files looks whether secrets are there, and whether others may read them.
func (d *doctor) files() {
	if info, err := os.Stat(d.file); err == nil {
		d.permissions(named{"configuration", d.file}, info, "it may hold secrets, and says where the others are")
	}
	for _, f := range d.namedFiles() {
		if f.path == "" || slices.ContainsFunc(publicFiles, func(end string) bool { return strings.HasSuffix(f.key, end) }) {
			continue
		}
		info, err := os.Stat(f.path)
		switch {
		case errors.Is(err, fs.ErrNotExist) && (f.key == "smart.secret_file" || f.key == "audit.key"):
			d.warn("file", f.key+": it is not there and is made when the server starts first", "where there are other servers of this database, give this one the same file before")
		case err != nil:
			d.fail("file", f.key+": the file cannot be read", "put it there, for the account that serves; a path that does not begin with / is taken from the configuration's folder")
		case f.key == "smart.secret_file" || f.key == "audit.key" || strings.Contains(f.key, "key") || strings.Contains(f.key, "secret"):
			d.permissions(f, info, "")
			d.age(f, info)
		default:
			d.permissions(f, info, "")
		}
	}
}

// permissions looks whether everybody on this machine may read or write a file.
func (d *doctor) permissions(f named, info fs.FileInfo, why string) {
	mode := info.Mode().Perm()
	switch {
	case mode&0o022 != 0:
		d.fail("file", fmt.Sprintf("%s: others may change it (mode %04o)", f.key, mode), "chmod go-w")
	case mode&0o004 != 0 && why != "":
		d.warn("file", fmt.Sprintf("%s: everybody on this machine may read it (mode %04o): %s", f.key, mode, why), "chmod o-r")
	case mode&0o004 != 0:
		d.fail("file", fmt.Sprintf("%s: everybody on this machine may read it (mode %04o)", f.key, mode), "chmod 0600, and take another secret if somebody may have read this one")
	default:
		d.ok("file", "%s: mode %04o", f.key, mode)
	}
}

// oldKey is from when on a key that is a file should be replaced.
const oldKey = 2 * 365 * 24 * time.Hour

func (d *doctor) age(f named, info fs.FileInfo) {
	if age := d.now.Sub(info.ModTime()); age > oldKey {
		d.warn("key", fmt.Sprintf("%s: it is %d days old", f.key, int(age.Hours()/24)), "replace it: docs/smart.md, docs/ledger.md, or whoever gave it to you")
	}
}

// expiresSoon is how long before its end a certificate is warned of.
const expiresSoon = 30 * 24 * time.Hour

// certificates looks when those in files end.
func (d *doctor) certificates() {
	for _, f := range d.namedFiles() {
		if f.path == "" || !slices.ContainsFunc(publicFiles, func(end string) bool { return strings.HasSuffix(f.key, end) }) || strings.HasSuffix(f.key, "metadata_file") {
			continue
		}
		text, err := os.ReadFile(f.path)
		if err != nil {
			d.fail("certificate", f.key+": the file cannot be read", "put it there, for the account that serves")
			continue
		}
		ends, count := endOf(text)
		if count == 0 {
			d.fail("certificate", f.key+": the file holds no certificate", "it begins with -----BEGIN CERTIFICATE-----")
			continue
		}
		d.ending("certificate", f.key, ends)
	}
}

// ending tells when something ends.
func (d *doctor) ending(check, what string, ends time.Time) {
	switch left := ends.Sub(d.now); {
	case left <= 0:
		d.fail(check, what+": the certificate ended on "+ends.Format(time.DateOnly), "renew it")
	case left < expiresSoon:
		d.warn(check, fmt.Sprintf("%s: the certificate ends on %s, in %s", what, ends.Format(time.DateOnly), counted(int(left.Hours()/24), "day")), "renew it")
	default:
		d.ok(check, "%s: until %s", what, ends.Format(time.DateOnly))
	}
}

// endOf is when the first of the certificates ends, and how many there are.
func endOf(text []byte) (ends time.Time, count int) {
	for {
		block, rest := pem.Decode(text)
		if block == nil {
			return ends, count
		}
		text = rest
		if c, err := x509.ParseCertificate(block.Bytes); err == nil && block.Type == "CERTIFICATE" {
			if count++; ends.IsZero() || c.NotAfter.Before(ends) {
				ends = c.NotAfter
			}
		}
	}
}
