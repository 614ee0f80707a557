package smartlogin

import (
	"context"
	"net/url"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/oidc"
)

// finish takes the code that the browser brought to the EPR, judges who launched, and reads
// whom the EPR has at hand. The tokens are kept nowhere.
func (e *EPR) finish(ctx context.Context, a asked, form url.Values) (Launched, error) {
	code, err := e.client.Code(ctx, form)
	if err != nil {
		return Launched{}, refusedThere(err)
	}
	tokens, err := e.client.Exchange(ctx, url.Values{"grant_type": {"authorization_code"}, "code": {code},
		"redirect_uri": {e.returnAddress()}, "code_verifier": {a.Verifier}})
	if err != nil {
		return Launched{}, err
	}
	proof, err := e.client.IDToken(ctx, tokens, a.Nonce)
	if err != nil {
		return Launched{}, err
	}
	l := Launched{Proof: proof}
	if err := e.context(ctx, tokens, &l); err != nil {
		return l, err
	}
	return l, nil
}

// context reads what the launch is about: the user, the patient, the rest.
func (e *EPR) context(ctx context.Context, tokens oidc.Tokens, l *Launched) error {
	user, err := e.user(l.Proof.Claims)
	if err != nil {
		return err
	}
	id, err := e.patientID(tokens.Rest)
	if err != nil {
		return err
	}
	if err := more(tokens.Rest, l); err != nil {
		return err
	}
	if err := e.readPatient(ctx, tokens.Access, id, l); err != nil {
		return err
	}
	l.Proof.Claims["token_response"] = tokens.Rest
	delete(l.Proof.Claims, "practitioner")
	if e.Practitioner {
		said, err := e.readPractitioner(ctx, tokens.Access, user)
		if err != nil {
			return err
		}
		l.Proof.Claims["practitioner"] = said
	}
	return nil
}

// refusedThere is what the EPR's authorize endpoint answered instead of a code.
func refusedThere(err error) error {
	if cause, ok := causeOf(err, auth.RefusedInvalid); ok {
		return Refuse(CodeAnswer, cause)
	}
	return err
}
