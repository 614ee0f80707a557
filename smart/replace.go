package smart

import (
	"context"
	"fmt"
	"time"
)

// ReplaceSecret gives a Secret client another secret at once, and nobody can read it again;
// the old one is of no use any more. It needs no second person: a secret opens nothing
// without a code, and codes only go to the registered addresses. It is in the ledger before
// it takes effect.
func (c *Clients) ReplaceSecret(ctx context.Context, id string) (secret string, err error) {
	client, err := c.changeable(ctx, id)
	if err != nil {
		return "", err
	}
	if client.Method != Secret {
		return "", &InputError{"id", "Only a client of client_secret_basic has a secret"}
	}
	if err := c.ledger.Record(ctx, clientEvent(ctx, id, "replace the secret of a client")); err != nil {
		return "", err
	}
	secret = random(32)
	hash, _ := Hasher{}.Hash(ctx, []byte(secret)) // never fails
	if _, err := c.write.NewUpdate().Model((*clientRow)(nil)).Set("secret_hash = ?", hash).Where("id = ?", id).Exec(ctx); err != nil {
		return "", fmt.Errorf("replacing a secret: %w", err)
	}
	return secret, nil
}

// ReplaceKeys gives a Key client another key set, or another address to fetch it from. It is
// proposed again by that: whoever chooses the key of a service acts as the service, so that
// another administrator looks at it first. It is in the ledger before it takes effect.
func (c *Clients) ReplaceKeys(ctx context.Context, id, jwks, jwksURL string) error {
	client, err := c.changeable(ctx, id)
	if err != nil {
		return err
	}
	if client.Method != Key {
		return &InputError{"id", "Only a client of private_key_jwt has keys"}
	}
	client.JWKS, client.JWKSURL = jwks, jwksURL
	if err := client.checkKeys(); err != nil {
		return err
	}
	by, err := maker(ctx)
	if err != nil {
		return err
	}
	if err := c.ledger.Record(ctx, clientEvent(ctx, id, "replace the keys of a client")); err != nil {
		return err
	}
	proposed := c.now().UTC().Truncate(time.Microsecond)
	if !proposed.After(client.Proposed) { // each edition has a name of its own
		proposed = client.Proposed.Add(time.Microsecond)
	}
	_, err = c.write.NewUpdate().Model((*clientRow)(nil)).Set("jwks = ?", jwks).Set("jwks_url = ?", jwksURL).
		Set("approved = 0").Set("approved_by = ''").Set("proposed = ?", proposed.UnixMicro()).Set("proposed_by = ?", by).Set("proposer = ?", userOf(ctx)).
		Where("id = ?", id).Exec(ctx)
	if err != nil {
		return fmt.Errorf("replacing keys: %w", err)
	}
	return nil
}
