package smart

import (
	"context"

	"github.com/go-jose/go-jose/v3"
	"github.com/ory/fosite/token/jwt"
)

// signer signs ID tokens with the key that signs now, and names it in the header: fosite's
// own leaves the kid out, and an app could not find the key after it has changed.
type signer struct {
	jwt.Signer
	key func(ctx context.Context) (*jose.JSONWebKey, error)
}

func newSigner(key func(ctx context.Context) (*jose.JSONWebKey, error)) signer {
	return signer{key: key, Signer: &jwt.DefaultSigner{GetPrivateKey: func(ctx context.Context) (any, error) { return key(ctx) }}}
}

// Generate signs the claims.
func (s signer) Generate(ctx context.Context, claims jwt.MapClaims, header jwt.Mapper) (string, string, error) {
	key, err := s.key(ctx)
	if err != nil {
		return "", "", err
	}
	fields := map[string]any{"kid": key.KeyID}
	for name, value := range header.ToMap() {
		fields[name] = value
	}
	once := &jwt.DefaultSigner{GetPrivateKey: func(context.Context) (any, error) { return key, nil }}
	return once.Generate(ctx, claims, &jwt.Headers{Extra: fields})
}
