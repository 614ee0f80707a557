package smart

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/ory/fosite"
	"github.com/uptrace/bun"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
)

// ErrNoClient: no client has this id.
var ErrNoClient = errors.New("there is no client of this id")

// ErrNobody: nobody is signed in who could change the registry.
var ErrNobody = errors.New("nobody is signed in")

// Clients is the registry. Whether the caller may change it is the caller's to ask. Safe
// for concurrent use.
type Clients struct {
	write, read *bun.DB
	ledger      *audit.Ledger
	now         func() time.Time
}

// NewClients keeps the registry in the database; now is the clock.
func NewClients(write, read *bun.DB, ledger *audit.Ledger, now func() time.Time) *Clients {
	return &Clients{write: write, read: read, ledger: ledger, now: now}
}

// clientRow is a client as the table has it.
type clientRow struct {
	bun.BaseModel `bun:"table:smart_client"`

	ID           string `bun:",pk"`
	Name, Method string
	SecretHash   []byte
	RedirectURIs string `bun:"redirect_uris"`
	LaunchURL    string `bun:"launch_url"`
	Scopes       string
	JWKS         string `bun:"jwks"`
	JWKSURL      string `bun:"jwks_url"`
	Position     string
	Launching    string
	Trusted      bool
	Proposed     int64
	ProposedBy   string
	Proposer     string
	Approved     int64
	ApprovedBy   string
	Off          bool `bun:",scanonly"`
}

// Propose registers a client that gets nothing until it is approved, and gives it with its
// ID; of a Secret client also the secret, 43 characters of URL-safe base64, which nobody
// can read again. An *InputError says what is wrong with it. It is in the ledger before it
// takes effect.
func (c *Clients) Propose(ctx context.Context, client Client) (made *Client, secret string, err error) {
	by, err := maker(ctx)
	if err != nil {
		return nil, "", err
	}
	if err := client.check(); err != nil {
		return nil, "", err
	}
	// Letters and digits only, so that nobody takes one for a flag.
	client.ID, client.State = strings.ToLower(rand.Text()), Proposed
	client.Proposed, client.ProposedBy, client.proposer = c.now().UTC().Truncate(time.Microsecond), by, userOf(ctx)
	client.Approved, client.ApprovedBy = time.Time{}, ""
	if client.Method == Secret {
		secret = random(32)
		client.secretHash, _ = Hasher{}.Hash(ctx, []byte(secret)) // never fails
	}
	if err := c.ledger.Record(ctx, clientEvent(ctx, client.ID, "propose a client")); err != nil {
		return nil, "", err
	}
	row, err := rowOf(&client)
	if err != nil {
		return nil, "", err
	}
	if _, err := c.write.NewInsert().Model(row).Exec(ctx); err != nil {
		return nil, "", fmt.Errorf("registering a client: %w", err)
	}
	return &client, secret, nil
}

// Approve lets a proposed client begin, whoever proposed it: for the operator of this
// server, who answers for everything; administrators use Countersign. One that is approved
// already stays as it is. ErrNoClient if there is none.
func (c *Clients) Approve(ctx context.Context, id string) error {
	if _, err := maker(ctx); err != nil {
		return err
	}
	client, err := c.Find(ctx, id)
	if err != nil {
		return err
	}
	return c.approve(ctx, client)
}

// Find gives a client in whatever state; ErrNoClient if there is none.
func (c *Clients) Find(ctx context.Context, id string) (*Client, error) {
	if !printable(id) { // a database that refuses NUL need not be asked
		return nil, ErrNoClient
	}
	var row clientRow
	err := c.query(&row).Where("id = ?", id).Scan(ctx)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, ErrNoClient
	case err != nil:
		return nil, fmt.Errorf("reading the registry of clients: %w", err)
	}
	return row.client()
}

// List gives all clients, newest first.
func (c *Clients) List(ctx context.Context) ([]*Client, error) {
	var rows []clientRow
	if err := c.query(&rows).Order("proposed DESC", "id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading the registry of clients: %w", err)
	}
	out := make([]*Client, len(rows))
	for i := range rows {
		var err error
		if out[i], err = rows[i].client(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// query asks in one statement whether it is switched off, so that it holds at once on
// every server.
func (c *Clients) query(into any) *bun.SelectQuery {
	return c.read.NewSelect().Model(into).
		ColumnExpr("*, EXISTS (SELECT 1 FROM auth_off WHERE kind = 'client' AND what = id) AS off")
}

// GetClient is Find for fosite: whoever is not approved, or is switched off, is not found.
func (c *Clients) GetClient(ctx context.Context, id string) (fosite.Client, error) {
	client, err := c.Find(ctx, id)
	switch {
	case errors.Is(err, ErrNoClient), err == nil && client.State != Approved:
		return nil, fosite.ErrNotFound
	case err != nil:
		return nil, err
	}
	return client, nil
}

// builtBy has proposed and approved the clients of this server's own.
const builtBy = "Patchwork itself"

// Built keeps a client of this server's own under the id it has, approved: the viewer. It is
// written anew at every start, so that it follows the configuration.
func (c *Clients) Built(ctx context.Context, client Client) error {
	return c.Keep(ctx, client, builtBy)
}

// Keep registers a client under the id it has, approved by whoever the words of by say, or
// brings the one of this id up to date: for what starts the server, not for people.
func (c *Clients) Keep(ctx context.Context, client Client, by string) error {
	if err := client.check(); err != nil {
		return err
	}
	client.Proposed, client.ProposedBy = c.now(), by
	row, err := rowOf(&client)
	if err != nil {
		return err
	}
	row.Approved, row.ApprovedBy = c.now().UnixMicro(), by
	insert := c.write.NewInsert().Model(row).On("CONFLICT (id) DO UPDATE")
	for _, column := range []string{"name", "method", "secret_hash", "redirect_uris", "launch_url", "scopes", "jwks", "jwks_url", "position", "launching", "trusted"} {
		insert = insert.Set(column + " = EXCLUDED." + column)
	}
	if _, err := insert.Exec(ctx); err != nil {
		return fmt.Errorf("registering %s: %w", client.ID, err)
	}
	return nil
}

func rowOf(c *Client) (*clientRow, error) {
	uris, err := json.Marshal(append([]string{}, c.RedirectURIs...))
	if err != nil {
		return nil, err
	}
	scopes, err := json.Marshal(c.Scopes)
	if err != nil {
		return nil, err
	}
	position, err := textOf(c.Position)
	if err != nil {
		return nil, err
	}
	launching, err := textOf(c.Launching)
	if err != nil {
		return nil, err
	}
	return &clientRow{
		Position: position, Launching: launching, Trusted: c.Trusted,
		ID: c.ID, Name: c.Name, Method: string(c.Method), SecretHash: c.secretHash, RedirectURIs: string(uris), LaunchURL: c.LaunchURL,
		Scopes: string(scopes), JWKS: c.JWKS, JWKSURL: c.JWKSURL, Proposed: c.Proposed.UnixMicro(), ProposedBy: c.ProposedBy,
		Proposer: c.proposer,
	}, nil
}

// textOf is JSON; "" for nil.
func textOf[T any](v *T) (string, error) {
	if v == nil {
		return "", nil
	}
	text, err := json.Marshal(v)
	return string(text), err
}

// fromText reads it back.
func fromText[T any](text string) (*T, error) {
	if text == "" {
		return nil, nil
	}
	v := new(T)
	return v, json.Unmarshal([]byte(text), v)
}

func (r *clientRow) client() (*Client, error) {
	c := &Client{
		Trusted: r.Trusted,
		ID:      r.ID, Name: r.Name, Method: Method(r.Method), secretHash: r.SecretHash, LaunchURL: r.LaunchURL, JWKS: r.JWKS, JWKSURL: r.JWKSURL,
		State: Proposed, Proposed: time.UnixMicro(r.Proposed).UTC(), ProposedBy: r.ProposedBy, ApprovedBy: r.ApprovedBy,
		proposer: r.Proposer,
	}
	if r.Approved != 0 {
		c.State, c.Approved = Approved, time.UnixMicro(r.Approved).UTC()
	}
	if r.Off {
		c.State = Off
	}
	var ofPosition, ofLaunching error
	c.Position, ofPosition = fromText[auth.Position](r.Position)
	c.Launching, ofLaunching = fromText[Launching](r.Launching)
	if err := errors.Join(json.Unmarshal([]byte(r.RedirectURIs), &c.RedirectURIs), json.Unmarshal([]byte(r.Scopes), &c.Scopes), ofPosition, ofLaunching); err != nil {
		return nil, fmt.Errorf("reading the registry of clients: %w", err)
	}
	return c, c.checkKeys()
}

// maker is who changes the registry, by name.
func maker(ctx context.Context) (string, error) {
	s := auth.SessionFrom(ctx)
	switch {
	case s == nil || s.Issuer == "" || s.Subject == "":
		return "", ErrNobody
	case s.Name == "":
		return s.Subject, nil
	}
	return s.Name, nil
}

// userOf is who changes it, as the table has them. Issuers have no space.
func userOf(ctx context.Context) string {
	s := auth.SessionFrom(ctx)
	if s == nil {
		return ""
	}
	return s.Issuer + " " + s.Subject
}

func clientEvent(ctx context.Context, id, reason string) audit.Event {
	e := auth.EventOf(ctx, audit.ActionAccess, audit.Permit)
	e.Target, e.Reason = "client:"+id, reason
	return e
}
