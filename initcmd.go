package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/local"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/smart"
)

// initCommand writes the directory of a new region. It writes over nothing: a directory with
// anything in it and a database with tables in it are refused.
type initCommand struct {
	Dir       string `arg:"" help:"The directory: it is made, or is empty."`
	Listen    string `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"The address to serve on; default ${default}."`
	PublicURL string `placeholder:"https://HOST" help:"Where browsers reach the server, by a proxy that ends TLS; without it this machine only."`
	Database  string `default:"sqlite" placeholder:"sqlite|postgres://…" help:"sqlite, a file in the directory, or the address of an empty PostgreSQL database; its password goes into a file of its own."`
	Name      string `default:"Patchwork" help:"What the region calls its record; default ${default}."`
	ODS       string `name:"ods" default:"YZ990" placeholder:"CODE" help:"ODS code of the organisation that runs the region; default ${default}, which is nobody's."`
	Admin     string `default:"administrator" placeholder:"USERNAME" help:"User name of the first administrator; default ${default}."`
}

// Run writes the directory, makes the database and the first administrator, and prints the
// password once.
func (c *initCommand) Run(t *terminal) (err error) {
	region, err := c.plan()
	if err != nil {
		return err
	}
	if err := region.vacant(); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, region.undo())
		}
	}()
	if err := region.write(); err != nil {
		return err
	}
	password, err := region.begin(t)
	if err != nil {
		return err
	}
	fmt.Fprintf(t.out, "%s is written; what to do next stands in %s\n\nsign in at  %s\nuser name   %s\npassword    %s\n\nThe password is shown this once.\n",
		c.Dir, filepath.Join(c.Dir, "README.md"), region.Address, c.Admin, password)
	return nil
}

// plan checks what was asked for.
func (c *initCommand) plan() (*newRegion, error) {
	dir, err := filepath.Abs(c.Dir)
	if err != nil {
		return nil, err
	}
	host, port, err := net.SplitHostPort(c.Listen)
	switch {
	case err != nil || !isPort(port):
		return nil, usageError("--listen must be HOST:PORT, such as 127.0.0.1:8080")
	case strings.TrimSpace(c.Admin) == "":
		return nil, usageError("--admin is the user name of the first administrator")
	case !odsForm.MatchString(c.ODS):
		return nil, usageError("--ods must be an ODS code: 3 to 10 upper-case letters and digits")
	case c.PublicURL == "" && !auth.Loopback(host):
		return nil, usageError("other machines reach " + c.Listen + ": say with --public-url at which https:// address, where a proxy ends TLS; passwords and records never go over a network without it")
	}
	r := &newRegion{initCommand: *c, dir: dir, PlainHTTP: c.PublicURL == "" || strings.HasPrefix(c.PublicURL, "http://"), Address: strings.TrimSuffix(c.PublicURL, "/")}
	if r.Address == "" {
		r.Address = "http://" + c.Listen
	}
	switch {
	case c.Database == "sqlite":
		r.SQLite, r.State = true, "sqlite:"+r.In("state/patchwork.db")
	case strings.HasPrefix(c.Database, "postgres://"), strings.HasPrefix(c.Database, "postgresql://"):
		return r, r.postgres()
	default:
		return nil, usageError(`--database is sqlite, or the address of an empty database such as "postgres://patchwork@db.example/patchwork"`)
	}
	return r, nil
}

// postgres takes the password out of the address, into a file that libpq's rules name
// (passfile: PostgreSQL manual, 34.16).
func (r *newRegion) postgres() error {
	u, err := url.Parse(r.Database)
	if err != nil || strings.Trim(u.Path, "/") == "" {
		// The parser's own text quotes the address, which may hold a password.
		return usageError(`--database cannot be understood: write "postgres://USER@HOST/NAME"`)
	}
	query := u.Query()
	password, has := u.User.Password()
	if query.Has("password") {
		password, has = query.Get("password"), true
		query.Del("password")
	}
	if has {
		r.passfile = "*:*:*:*:" + strings.NewReplacer(`\`, `\\`, `:`, `\:`).Replace(password) + "\n"
		query.Set("passfile", r.In("secrets/pgpass"))
		u.RawQuery = query.Encode()
		if name := u.User.Username(); name != "" {
			u.User = url.User(name)
		} else {
			u.User = nil
		}
	}
	r.State = u.String()
	return nil
}

// begin makes the keys, the tables and the account, as the first start would, and reports the
// account's password.
func (r *newRegion) begin(t *terminal) (password string, err error) {
	config, err := loadConfig(r.In("patchwork.yaml"))
	if err != nil {
		return "", err
	}
	db, err := migrations.Open(t.ctx, config.State)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	switch at, err := db.Step(t.ctx); {
	case err != nil:
		return "", err
	case at > 0:
		return "", usageError("the database belongs to a region already: its ledger is signed with that region's key; take an empty one")
	}
	if _, err := smart.ServerSecret(config.secretFile()); err != nil {
		return "", err
	}
	if _, err := audit.OpenKey(config.Audit.Key); err != nil {
		return "", err
	}
	if err := migrations.Apply(t.ctx, db); err != nil {
		return "", err
	}
	if err := recordUse(t, db, "account-add", "local account of role administrator at "+r.ODS+": "+r.Admin); err != nil {
		return "", err
	}
	ledger, err := audit.Open(t.ctx, db.Write, time.Now, t.log)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, ledger.Close()) }()
	password = strings.ToLower(rand.Text())
	return password, local.New(db.Write, db.Read, ledger, time.Now).Add(t.ctx, local.User{
		Username: r.Admin, Name: "First administrator", Role: auth.RoleAdministrator,
		Organisation: record.Organisation{ODS: r.ODS, Name: r.Name},
	}, password)
}

// vacant refuses a directory that has anything in it. What a disk's own file system puts into
// its root is nothing of anybody's.
func (r *newRegion) vacant() error {
	there, err := os.ReadDir(r.dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		r.made = true
		return nil
	case err != nil:
		return usageError(fmt.Sprintf("%s cannot be used: %v", r.Dir, errors.Unwrap(err)))
	}
	for _, entry := range there {
		if entry.Name() != "lost+found" {
			return usageError(fmt.Sprintf("%s is not empty, and nothing is written over: take another directory", r.Dir))
		}
	}
	return nil
}
