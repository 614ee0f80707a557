package auth

import "net/http"

// cookieNames are the names under which a browser may show a session, the one of an
// EPR's frame last.
func (a *Authenticator) cookieNames() []string {
	if a.PlainHTTP {
		return []string{cookiePlain}
	}
	return []string{cookieSecure, cookieEmbedded}
}

func (a *Authenticator) setCookie(w http.ResponseWriter, session *Session, secret string) {
	http.SetCookie(w, a.cookie(session.Launch != nil, secret, 0))
}

// clearCookies takes every cookie of a session from the browser.
func (a *Authenticator) clearCookies(w http.ResponseWriter) {
	http.SetCookie(w, a.cookie(false, "", -1))
	if !a.PlainHTTP {
		http.SetCookie(w, a.cookie(true, "", -1))
	}
}

// cookie makes the cookie of a session. Lax: an EPR may open a link into Patchwork, and its
// own page may not act on it. Within a launch the viewer stands in the EPR's frame, where
// only a partitioned cookie comes along (CHIPS), and it is of use nowhere else. On loopback
// without TLS there is one kind: browsers take SameSite=None with Secure only.
func (a *Authenticator) cookie(embedded bool, value string, maxAge int) *http.Cookie {
	c := &http.Cookie{
		Name: cookieSecure, Value: value, Path: "/", MaxAge: maxAge,
		HttpOnly: true, Secure: true, SameSite: http.SameSiteLaxMode,
	}
	switch {
	case a.PlainHTTP:
		c.Name, c.Secure = cookiePlain, false
	case embedded:
		c.Name, c.SameSite, c.Partitioned = cookieEmbedded, http.SameSiteNoneMode, true
	}
	return c
}
