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
}

func factsOf(s *Session) PublicFacts {
	f := PublicFacts{
		ID: s.ID, Issuer: s.Issuer, Subject: s.Subject, Name: s.Name, Role: s.Role,
		CareSetting: s.CareSetting, Purpose: s.Purpose, Scopes: s.Scopes, Launch: s.Launch,
		Confirmed: s.Confirmed, Created: s.Created, Expires: s.Expires,
	}
	f.Organisation.ODS, f.Organisation.Name = s.Organisation.ODS, s.Organisation.Name
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
