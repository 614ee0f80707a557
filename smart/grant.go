package smart

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/ory/fosite"
	"github.com/ory/fosite/token/jwt"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/scope"
)

// grant makes the code and gives the address to which the browser takes it.
func (s *Server) grant(ctx context.Context, a *asked, session *auth.Session, d decision) (location string, err error) {
	scopes := a.scopes
	if d.scopes != nil {
		scopes = scope.Narrow(scope.ParseAll(d.scopes), a.scopes)
	}
	if len(scopes) == 0 {
		return "", refusal("access_denied", "The user has left none of the scopes")
	}
	pin, err := s.pinned(ctx, a, session, scopes, d.patient)
	if err != nil {
		return "", err
	}
	if session.ID == "" { // an EPR's word made it
		if session, err = s.startTrusted(ctx, session); err != nil {
			return "", err
		}
	}
	texts := scope.Strings(scopes)
	patient := d.patient
	switch {
	case a.launch != nil:
		patient = a.launch.Patient
	case !forPatient(scopes) && !slices.Contains(texts, scope.LaunchPatient):
		patient = "" // the user has left nothing that is about one
	}
	if err := s.granted(ctx, a, session, patient, texts); err != nil {
		return "", err
	}
	granted := s.sessionOf(a, session, pin, patient, texts)
	return s.code(ctx, a, texts, granted)
}

// pinned binds the token to a patient: to the one of an EPR's launch whatever its scopes,
// and to the one that its user chose for scopes of one patient. What an EPR opens must be
// what policy lets its user open.
func (s *Server) pinned(ctx context.Context, a *asked, session *auth.Session, scopes []scope.Scope, chosen string) (*auth.Launch, error) {
	if a.launch == nil {
		if chosen == "" || !forPatient(scopes) {
			return nil, nil
		}
		return &auth.Launch{Patient: chosen}, nil
	}
	pin := a.launch.pin()
	with := *session
	with.Launch = pin
	if with.ID == "" {
		with.ID = "launch" // it begins afterwards
	}
	open, err := s.People.MayOpen(auth.WithSession(ctx, &with), pin.Patient)
	switch {
	case err != nil:
		return nil, err
	case !open:
		return nil, refusal("access_denied", "The user may not open this person's record")
	}
	return pin, nil
}

// startTrusted begins the session of a launch whose EPR answers for its user. Nobody gets
// its secret: only the app's token stands for it.
func (s *Server) startTrusted(ctx context.Context, session *auth.Session) (*auth.Session, error) {
	caller := auth.CallerFrom(ctx)
	session.Address = caller.Address
	secret, err := s.Sessions.Start(ctx, *session)
	if err != nil {
		return nil, err
	}
	started, err := s.Sessions.Find(ctx, secret)
	if errors.Is(err, auth.ErrNoSession) { // something of theirs was switched off since the launch
		return nil, notWelcome()
	}
	return started, err
}

// sessionOf is what the code stands for: of the user it says what they have granted.
func (s *Server) sessionOf(a *asked, session *auth.Session, pin *auth.Launch, patient string, granted []string) *Session {
	now := s.Now().UTC()
	out := &Session{Issuer: session.Issuer, SignIn: session.ID, Pin: pin, Was: asWas(session), Context: map[string]any{}}
	out.Subject = auth.PublicSubject(session.Issuer, session.Subject)
	out.Claims = &jwt.IDTokenClaims{Subject: out.Subject, Issuer: s.Issuer(), AuthTime: session.Confirmed, RequestedAt: now}
	if out.Claims.AuthTime.IsZero() {
		out.Claims.AuthTime = session.Created
	}
	out.Claims.Extra = map[string]any{}
	who := s.Base() + "/Practitioner/" + out.Subject
	if slices.Contains(granted, scope.FHIRUser) {
		out.Claims.Extra["fhirUser"] = who
	}
	if slices.Contains(granted, scope.Profile) {
		out.Claims.Extra["profile"], out.Claims.Extra["name"] = who, session.Name
	}
	out.Context["smart_style_url"] = s.styleURL()
	if patient != "" {
		out.Context["patient"], out.Context["need_patient_banner"] = patient, true
	}
	if a.launch != nil {
		a.launch.tell(out.Context)
		s.tellTopic(a.launch, granted, out.Context)
	}
	return out
}

// tell adds what the app is told of the EPR's screen. SMART App Launch 2.2, "Launch context
// arrives with your access_token".
func (l *LaunchContext) tell(context map[string]any) {
	for name, value := range map[string]string{"encounter": l.Encounter, "intent": l.Intent} {
		if value != "" {
			context[name] = value
		}
	}
	context["need_patient_banner"] = l.NeedBanner == nil || *l.NeedBanner
	context["tenant"] = l.Organisation
	if l.EPRName != "" {
		context["epr_name"] = l.EPRName // not of the standard: the viewer says who opened it
	}
	if len(l.FHIRContext) > 0 {
		context["fhirContext"] = l.FHIRContext
	}
}

// asWas keeps of a session what it takes to ask again who its user is.
func asWas(session *auth.Session) *auth.Session {
	return &auth.Session{
		Issuer: session.Issuer, Subject: session.Subject, Login: session.Login, Name: session.Name, Role: session.Role,
		Organisation: session.Organisation, CareSetting: session.CareSetting, Purpose: session.Purpose,
	}
}

// code has fosite make it. What was asked and decided before is no longer fosite's to judge.
func (s *Server) code(ctx context.Context, a *asked, scopes []string, session *Session) (string, error) {
	form := url.Values{}
	for _, name := range []string{"response_type", "client_id", "redirect_uri", "state", "code_challenge", "code_challenge_method", "nonce"} {
		if v := a.form.Get(name); v != "" {
			form.Set(name, v)
		}
	}
	form.Set("scope", strings.Join(scopes, " "))
	form.Set("audience", s.Base())
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.Public+"/smart/authorize?"+form.Encode(), http.NoBody)
	if err != nil {
		return "", err
	}
	request, err := s.provider.NewAuthorizeRequest(ctx, r)
	if err != nil {
		return "", oauthRefusal(err)
	}
	for _, g := range request.GetRequestedScopes() {
		request.GrantScope(g)
	}
	request.GrantAudience(s.Base())
	session.Whole = slices.Clone(scopes)
	response, err := s.provider.NewAuthorizeResponse(ctx, request, session)
	if err != nil {
		return "", oauthRefusal(err)
	}
	return at(a.form.Get("redirect_uri"), url.Values{"code": {response.GetCode()}, "state": {a.form.Get("state")}, "iss": {s.Issuer()}}), nil
}

// oauthRefusal words fosite's errors. Those of this server stay what they are.
func oauthRefusal(err error) error {
	said := fosite.ErrorToRFC6749Error(err)
	if said.CodeField >= http.StatusInternalServerError || said.ErrorField == "error" {
		return fmt.Errorf("making a code: %w: %s", err, said.DebugField)
	}
	return refusal(said.ErrorField, plainSentence(said))
}

// plainSentence is what of fosite's words repeats nothing that was sent.
func plainSentence(said *fosite.RFC6749Error) string {
	return strings.TrimSuffix(said.DescriptionField, ".")
}

// endOf is the time at which a refresh token ends at the latest.
func endOf(granted []string, now time.Time) time.Time {
	if slices.Contains(granted, scope.OfflineAccess) {
		return now.Add(offlineLasts)
	}
	return now.Add(onlineLasts)
}
