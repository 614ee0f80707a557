package smart

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// launchLasts is how long a launch waits for its app.
const launchLasts = time.Minute

// LaunchContext is what an EPR has on its screen, and for whom it opens an app. Its patient
// is Patchwork's own id: no number and no birth date is kept.
type LaunchContext struct {
	// EPR is the client that asked for it; App the one it is for.
	EPR string `json:"epr"`
	App string `json:"app"`
	// EPRName is what people call the EPR.
	EPRName string `json:"epr_name"`
	// Patient is an opaque id.
	Patient string `json:"patient"`
	// Login and Subject, or Email, are who must sign in; Organisation is the ODS code of the
	// position they act in.
	Login        string `json:"login,omitempty"`
	Subject      string `json:"subject,omitempty"`
	Email        string `json:"email,omitempty"`
	Organisation string `json:"organisation"`
	// Trusted is the session that begins without a sign-in, because the EPR answers for its
	// user; nil if they must sign in.
	Trusted *auth.Session `json:"trusted,omitempty"`
	// Encounter, Intent, NeedBanner, Style, Tenant and FHIRContext are told to the app.
	Encounter   string            `json:"encounter,omitempty"`
	Intent      string            `json:"intent,omitempty"`
	NeedBanner  *bool             `json:"need_banner,omitempty"`
	FHIRContext []json.RawMessage `json:"fhir_context,omitempty"`
	// Topic is FHIRcast's; "" if the EPR cannot say when it moves on. Event is the one that
	// opened the patient there.
	Topic string `json:"topic,omitempty"`
	Event string `json:"event,omitempty"`
	// Until ends the session that a trusted launch begins, if that is sooner than usual; zero
	// for no such bound.
	Until time.Time `json:"until,omitzero"`
}

// is reports whether a session is of the user for whom the EPR opened the app.
func (l *LaunchContext) is(session *auth.Session) bool {
	switch {
	case l.Trusted != nil:
		return session.Issuer == l.Trusted.Issuer && session.Subject == l.Trusted.Subject
	case l.Login == "" && l.Subject == "" && l.Email == "":
		return true
	case session.Login != l.Login:
		return false
	case l.Subject != "":
		return session.Subject == l.Subject || session.Username == l.Subject
	}
	return l.Email != "" && session.Identifiers["email"] == l.Email
}

type launches struct {
	write, read *sql.DB
	now         func() time.Time
}

// mostLaunches is how many launches an EPR may ask for in a minute.
const mostLaunches = 600

// room refuses an EPR that asks for too many: before anybody is looked for.
func (l *launches) room(ctx context.Context, epr string) error {
	var n int
	if err := l.read.QueryRowContext(ctx, `SELECT count(*) FROM smart_launch WHERE epr = $1 AND expires > $2`, epr, l.now().UnixMicro()).Scan(&n); err != nil {
		return fmt.Errorf("keeping a launch: %w", err)
	}
	if n >= mostLaunches {
		return refusalWith(http.StatusTooManyRequests, "temporarily_unavailable", "This system opens too many apps: more than 600 in a minute")
	}
	return nil
}

// keep gives the id of a launch: 256 random bits, of which the table has the hash.
func (l *launches) keep(ctx context.Context, c *LaunchContext) (id string, err error) {
	text, err := json.Marshal(c)
	if err != nil {
		return "", err
	}
	id = auth.NewSecret()
	if _, err := l.write.ExecContext(ctx, `INSERT INTO smart_launch (hash, epr, app, context, expires) VALUES ($1, $2, $3, $4, $5)`,
		keyHash(id), c.EPR, c.App, string(text), l.now().Add(launchLasts).UnixMicro()); err != nil {
		return "", fmt.Errorf("keeping a launch: %w", err)
	}
	return id, nil
}

// take uses a launch up: of many at once, one succeeds. Another app's try uses it up too,
// because whoever has it should not.
func (l *launches) take(ctx context.Context, id, app string) (*LaunchContext, error) {
	if len(id) > 256 {
		return nil, unknownLaunch()
	}
	taken, err := one(l.write.ExecContext(ctx, `UPDATE smart_launch SET taken = TRUE WHERE hash = $1 AND taken = FALSE AND expires > $2`,
		keyHash(id), l.now().UnixMicro()))
	if err != nil {
		return nil, err
	}
	if !taken {
		return nil, unknownLaunch()
	}
	var text string
	if err := l.write.QueryRowContext(ctx, `SELECT context FROM smart_launch WHERE hash = $1`, keyHash(id)).Scan(&text); err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			return nil, unknownLaunch()
		}
		return nil, fmt.Errorf("taking a launch: %w", err)
	}
	var c LaunchContext
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		return nil, fmt.Errorf("taking a launch: %w", err)
	}
	if c.App != app {
		return nil, refusal("access_denied", "The launch is for another app")
	}
	return &c, nil
}

func unknownLaunch() *Refusal {
	return refusal("invalid_request", "The launch is not known: it was used already, is older than a minute, or was not made here. Open the app from the EPR again")
}

func (l *launches) sweep(ctx context.Context) error {
	if _, err := l.write.ExecContext(ctx, `DELETE FROM smart_launch WHERE expires <= $1`, l.now().Add(-time.Hour).UnixMicro()); err != nil {
		return fmt.Errorf("clearing away old launches: %w", err)
	}
	return nil
}
