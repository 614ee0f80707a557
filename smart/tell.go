package smart

import (
	"net/http"

	"github.com/patchworkcare/patchwork/auth"
)

// told is what the page shows.
type told struct {
	App struct {
		ID      string `json:"id"`
		Name    string `json:"name"`
		Trusted bool   `json:"trusted"`
	} `json:"app"`
	Scopes        []toldScope `json:"scopes"`
	Launch        *toldLaunch `json:"launch"`
	Standing      standing    `json:"standing"`
	PatientNeeded bool        `json:"patientNeeded"`
	User          *toldUser   `json:"user"`
}

type toldScope struct {
	Scope string `json:"scope"`
	Words string `json:"words"`
}

type toldLaunch struct {
	EPR          string `json:"epr"`
	Organisation string `json:"organisation"`
	Login        string `json:"login"`
}

type toldUser struct {
	Name         string `json:"name"`
	Role         string `json:"role"`
	Organisation string `json:"organisation"`
}

func (s *Server) tell(w http.ResponseWriter, r *http.Request, a *asked, session *auth.Session) {
	stands, err := s.standing(r.Context(), a, session)
	if err != nil {
		s.trouble(w, r, err)
		return
	}
	switch {
	case stands == ready && !a.client.Trusted:
		stands = approval
	case stands == otherUser: // the page has no way on from here, and says that it is recorded
		_ = s.refused(auth.WithSession(r.Context(), session), a.client.ID, notTheirs())
	}
	t := told{Standing: stands, PatientNeeded: a.needsPatient(), Scopes: []toldScope{}}
	t.App.ID, t.App.Name, t.App.Trusted = a.client.ID, a.client.Name, a.client.Trusted
	for _, g := range a.scopes {
		t.Scopes = append(t.Scopes, toldScope{g.String(), g.Words()})
	}
	if l := a.launch; l != nil {
		t.Launch = &toldLaunch{EPR: l.EPRName, Organisation: l.Organisation, Login: l.Login}
	}
	if session != nil {
		t.User = &toldUser{session.Name, string(session.Role), session.Organisation.Name}
	}
	answerJSON(w, http.StatusOK, t)
}
