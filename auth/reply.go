package auth

import (
	"encoding/json"
	"net/http"
	"time"
)

// PublicFacts is what the user's own page may know of the session; never a secret.
type PublicFacts struct {
	ID           string `json:"id"`
	Issuer       string `json:"issuer"`
	Subject      string `json:"subject"`
	Name         string `json:"name"`
	Role         Role   `json:"role"`
	Organisation struct {
		ODS  string `json:"ods"`
		Name string `json:"name"`
	} `json:"organisation"`
	CareSetting string    `json:"careSetting"`
	Purpose     Purpose   `json:"purpose"`
	Scopes      []string  `json:"scopes,omitempty"`
	Launch      *Launch   `json:"launch,omitempty"`
	Confirmed   time.Time `json:"confirmed,omitzero"`
	Created     time.Time `json:"created"`
	Expires     time.Time `json:"expires"`
	// LastSeen is when it was last used, exact to a minute; Idle how many seconds without
	// use end it.
	LastSeen time.Time `json:"lastSeen"`
	Idle     int       `json:"idle"`
	Login    struct {
		ID   string `json:"id"`
		Name string `json:"name"`
		// Way is "redirect" or "password"; "" if the login is not known.
		Way string `json:"way"`
	} `json:"login"`
	Positions []PublicPosition `json:"positions"`
	// Position is the index of the one they act in; -1 for none.
	Position int  `json:"position"`
	Locked   bool `json:"locked"`
}

// PublicPosition is a Position as the user's own page has it.
type PublicPosition struct {
	Role         Role `json:"role"`
	Organisation struct {
		ODS  string `json:"ods"`
		Name string `json:"name"`
	} `json:"organisation"`
	CareSetting string `json:"careSetting"`
}

func (a *Authenticator) factsOf(s *Session) PublicFacts {
	f := PublicFacts{
		LastSeen: s.LastSeen, Idle: int(a.Sessions.Idle.Seconds()), Position: s.Position(), Locked: s.Locked,
		Positions: make([]PublicPosition, len(s.Positions)),
		ID:        s.ID, Issuer: s.Issuer, Subject: s.Subject, Name: s.Name, Role: s.Role,
		CareSetting: s.CareSetting, Purpose: s.Purpose, Scopes: s.Scopes, Launch: s.Launch,
		Confirmed: s.Confirmed, Created: s.Created, Expires: s.Expires,
	}
	f.Organisation.ODS, f.Organisation.Name = s.Organisation.ODS, s.Organisation.Name
	if f.Login.ID = s.Login; a.Describe != nil && s.Login != "" {
		f.Login.Name, f.Login.Way = a.Describe(s.Login)
	}
	for i, p := range s.Positions {
		q := &f.Positions[i]
		q.Role, q.CareSetting = p.Role, p.CareSetting
		q.Organisation.ODS, q.Organisation.Name = p.Organisation.ODS, p.Organisation.Name
	}
	return f
}

// refuse answers {"error": {"code", "message"}}; the text holds no personal data.
func refuse(w http.ResponseWriter, status int, code, message string) {
	type problem struct {
		Code    string `json:"code"`
		Message string `json:"message"`
	}
	reply(w, status, struct {
		Error problem `json:"error"`
	}{problem{code, message}})
}

func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
