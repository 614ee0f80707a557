package smartlogin

import (
	"net/http"
	"net/url"

	"github.com/patchworkcare/patchwork/auth"
)

// mostLaunch is how long an EPR's launch may be, in bytes.
const mostLaunch = 4 << 10

// The cookie that binds a launch to the browser in which it began.
const (
	browserCookie      = "__Host-patchwork-launch"
	browserCookiePlain = "patchwork-launch"
)

// launch begins at the EPR whose iss the launch names. Anybody may open it: it ends on the
// EPR's page, which goes on for its own users only, with a launch of its own making.
func (h *Handler) launch(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		w.Header().Set("Allow", http.MethodGet)
		http.Error(w, "Only GET", http.StatusMethodNotAllowed)
		return
	}
	launcher, query, err := h.launcherOf(r.URL.RawQuery)
	if err == nil {
		err = h.depart(w, r, launcher, query)
	}
	if err != nil {
		h.problem(w, r, launcher, auth.Proof{}, err)
	}
}

// launcherOf finds the launcher that a launch names. Of what it names otherwise nothing is
// looked at, and nothing is asked.
func (h *Handler) launcherOf(raw string) (*Launcher, url.Values, error) {
	query, err := url.ParseQuery(raw)
	if err != nil {
		return nil, nil, Refuse(CodeIssuer, "the launch's parameters cannot be read")
	}
	if len(query["iss"]) != 1 {
		return nil, nil, Refuse(CodeIssuer, "the launch names more than one iss")
	}
	for _, l := range h.Launchers {
		if SameIss(query.Get("iss"), l.EPR.Iss) {
			return l, query, nil
		}
	}
	return nil, nil, Refuse(CodeIssuer, "the launch's iss is none of the configured launchers', letter by letter")
}

func (h *Handler) depart(w http.ResponseWriter, r *http.Request, launcher *Launcher, query url.Values) error {
	launch := query.Get("launch")
	if len(query["launch"]) != 1 || launch == "" || len(launch) > mostLaunch {
		return Refuse(CodeLaunch, "the launch has not exactly one launch parameter, or one that is empty or longer than 4 KiB")
	}
	state := auth.NewSecret()
	away, a, err := launcher.EPR.begin(r.Context(), state, launch)
	if err != nil {
		return err
	}
	browser := h.browserOf(r) // several tabs may launch at once
	if browser == "" {
		browser = auth.NewSecret()
	}
	if err := h.attempts.keep(r.Context(), stageAway, state, browser, launcher.ID, a); err != nil {
		return err
	}
	http.SetCookie(w, h.cookie(browser))
	leave(w, r, away)
	return nil
}

// cookie comes along in an EPR's frame too (CHIPS); without TLS no browser takes such a one.
func (h *Handler) cookie(browser string) *http.Cookie {
	c := &http.Cookie{Name: browserCookie, Value: browser, Path: "/", MaxAge: int(attemptLasts.Seconds()), HttpOnly: true,
		Secure: true, SameSite: http.SameSiteNoneMode, Partitioned: true}
	if h.Auth.PlainHTTP {
		c.Name, c.Secure, c.SameSite, c.Partitioned = browserCookiePlain, false, http.SameSiteLaxMode, false
	}
	return c
}

// browserOf gives the secret of the browser's cookie; "" if it has none, or two.
func (h *Handler) browserOf(r *http.Request) string {
	if cookies := r.CookiesNamed(h.cookie("").Name); len(cookies) == 1 && len(cookies[0].Value) == 43 {
		return cookies[0].Value
	}
	return ""
}

// leave sends the browser on, without telling where it came from.
func leave(w http.ResponseWriter, r *http.Request, address string) {
	guard(w, nil, "no-referrer")
	http.Redirect(w, r, address, http.StatusSeeOther)
}
