package signin

import (
	"net/http"
	"strings"

	"github.com/patchworkcare/patchwork/auth"
)

// The cookie that binds a sign-in to the browser in which it began.
const (
	browserCookie      = "__Host-patchwork-signin"
	browserCookiePlain = "patchwork-signin"
)

func (d *Door) cookieName() string {
	if d.Auth.PlainHTTP {
		return browserCookiePlain
	}
	return browserCookie
}

// browserOf gives the secret of the browser's cookie; "" if it has none, or two.
func (d *Door) browserOf(r *http.Request) string {
	if cookies := r.CookiesNamed(d.cookieName()); len(cookies) == 1 && len(cookies[0].Value) == 43 {
		return cookies[0].Value
	}
	return ""
}

// start sends the browser to the provider. Another site may open it: it ends on the
// provider's page, where only the user can go on.
func (d *Door) start(w http.ResponseWriter, r *http.Request) {
	login := d.byID[r.PathValue("login")]
	if login == nil {
		d.problem(w, r, nil, nil, auth.Refuse(auth.RefusedExpired, "there is no login of this id"))
		return
	}
	if err := d.depart(w, r, login); err != nil {
		d.problem(w, r, login, nil, err)
	}
}

func (d *Door) depart(w http.ResponseWriter, r *http.Request, login *Login) error {
	redirector, ok := login.Provider.(auth.Redirector)
	if !ok {
		return auth.Refuse(auth.RefusedExpired, "this login asks for a password on the sign-in page")
	}
	query := r.URL.Query()
	t := attempt{login: login.ID, back: pathOf(query.Get("back"))}
	ask := auth.Ask{State: auth.NewSecret(), Again: query.Get("again") != ""}
	if query.Get("fresh") != "" { // as somebody else than the provider remembers
		ask.Again = true
	} else if ask.Again {
		session := auth.SessionFrom(r.Context())
		if session == nil || session.Login != login.ID {
			return auth.Refuse(auth.RefusedExpired, "nobody is signed in by this login who could prove it again")
		}
		t.session = session.ID
	}
	departure, err := redirector.Begin(r.Context(), ask)
	if err != nil {
		return err
	}
	browser := d.browserOf(r) // several tabs may sign in at once
	if browser == "" {
		browser = auth.NewSecret()
	}
	t.kept = departure.Kept
	if err := d.attempts.begin(r.Context(), ask.State, browser, auth.CallerFrom(r.Context()).Address, t); err != nil {
		return err
	}
	http.SetCookie(w, &http.Cookie{
		Name: d.cookieName(), Value: browser, Path: "/", MaxAge: int(attemptLasts.Seconds()),
		HttpOnly: true, Secure: !d.Auth.PlainHTTP, SameSite: http.SameSiteLaxMode,
	})
	away(w, r, departure.URL)
	return nil
}

// away sends the browser on, without telling where it came from.
func away(w http.ResponseWriter, r *http.Request, url string) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	http.Redirect(w, r, url, http.StatusSeeOther)
}

// pathOf gives a path of the viewer to go to after signing in; "/" for anything that
// could lead elsewhere.
func pathOf(back string) string {
	ok := strings.HasPrefix(back, "/") && len(back) <= 512 && !strings.HasPrefix(back, "//") &&
		!strings.HasPrefix(back, "/auth/") && !strings.HasPrefix(back, "/sign-in")
	for _, c := range []byte(back) {
		ok = ok && c > ' ' && c < 0x7f && c != '\\' && c != '?' && c != '#'
	}
	if !ok {
		return "/"
	}
	return back
}
