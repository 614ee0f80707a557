package local

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// The cost of one check. OWASP Password Storage Cheat Sheet: 19 MiB, 2 passes, 1 lane.
const (
	defaultMemory = 19 * 1024 // KiB
	argonPasses   = 2
	argonLanes    = 1
	argonKey      = 32
	argonSalt     = 16
)

// argon hashes passwords, as many at once as there are processors and no more: each
// takes 19 MiB and a processor for some 20 ms.
type argon struct{ slots chan struct{} }

func newArgon(slots int) argon { return argon{slots: make(chan struct{}, slots)} }

func (a argon) key(ctx context.Context, password string, salt []byte, memory, passes uint32, lanes uint8) ([]byte, error) {
	select {
	case a.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-a.slots }()
	return argon2.IDKey([]byte(password), salt, passes, memory, lanes, argonKey), nil
}

// hash gives the password as a PHC string with a fresh salt.
func (a argon) hash(ctx context.Context, password string, memory uint32) (string, error) {
	salt := make([]byte, argonSalt)
	_, _ = rand.Read(salt) // never fails: crypto/rand
	key, err := a.key(ctx, password, salt, memory, argonPasses, argonLanes)
	if err != nil {
		return "", err
	}
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version,
		memory, argonPasses, argonLanes, b64.EncodeToString(salt), b64.EncodeToString(key)), nil
}

// check reports whether the password is the one that phc was made of. An empty phc
// (no such account) costs the same and is never right.
func (a argon) check(ctx context.Context, password, phc string, memory uint32) (bool, error) {
	if phc == "" {
		_, err := a.key(ctx, password, make([]byte, argonSalt), memory, argonPasses, argonLanes)
		return false, err
	}
	took, passes, lanes, salt, want, err := parsePHC(phc)
	if err != nil {
		return false, err
	}
	got, err := a.key(ctx, password, salt, took, passes, lanes)
	return err == nil && subtle.ConstantTimeCompare(got, want) == 1, err
}

var errPHC = errors.New("local: a stored password cannot be read")

// parsePHC reads "$argon2id$v=19$m=…,t=…,p=…$salt$key" and refuses costs that no
// version of Patchwork has written.
func parsePHC(s string) (memory, passes uint32, lanes uint8, salt, key []byte, err error) {
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return 0, 0, 0, nil, nil, errPHC
	}
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &passes, &lanes); err != nil || n != 3 {
		return 0, 0, 0, nil, nil, errPHC
	}
	if memory == 0 || memory > 256*1024 || passes == 0 || passes > 16 || lanes == 0 || lanes > 16 {
		return 0, 0, 0, nil, nil, errPHC
	}
	salt, saltErr := base64.RawStdEncoding.DecodeString(parts[4])
	key, keyErr := base64.RawStdEncoding.DecodeString(parts[5])
	if saltErr != nil || keyErr != nil || len(salt) < 8 || len(key) != argonKey {
		return 0, 0, 0, nil, nil, errPHC
	}
	return memory, passes, lanes, salt, key, nil
}
