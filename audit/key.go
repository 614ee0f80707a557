package audit

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// Key signs and checks the ledger's checkpoints: Ed25519 in the form of sumdb/note.
// The zero Key knows nobody.
type Key struct {
	signer note.Signer // nil where only checking is possible
	known  note.Verifiers
	// Public is the newest public key, to be kept wherever proofs are checked.
	Public string
}

const keyHead = "PRIVATE+KEY+"

// OpenKey reads the key of a file and makes one, for its owner only, if the file is
// missing. Its name is the ledger's origin: random, so that no two ledgers are mixed up.
func OpenKey(file string) (*Key, error) {
	k, err := ReadKey(file)
	if !errors.Is(err, fs.ErrNotExist) {
		return k, err
	}
	var id [6]byte
	_, _ = rand.Read(id[:])
	private, public, err := note.GenerateKey(rand.Reader, "patchwork-ledger/"+hex.EncodeToString(id[:]))
	if err != nil {
		return nil, err
	}
	if err := writeOnce(file, private+"\n"+public+"\n"); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("the audit key cannot be made: %w", err)
	}
	return ReadKey(file) // ours, or that of a server that started at the same moment
}

// writeOnce writes a whole file that is not there yet.
func writeOnce(file, text string) error {
	f, err := os.CreateTemp(filepath.Dir(file), ".audit-key-*") // 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_, err = f.WriteString(text)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Link(f.Name(), file)
}

// ReadKey reads a key file: a line with the signer's private key, which may be missing
// where proofs are only checked, and a line for each public key that is believed, the
// newest first, those that were replaced after it. Empty lines and # are left out.
func ReadKey(file string) (*Key, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("the audit key cannot be read: %w", err)
	}
	k := &Key{}
	var known []note.Verifier
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case strings.HasPrefix(line, keyHead):
			if k.signer, err = note.NewSigner(line); err != nil {
				return nil, fmt.Errorf("the audit key %s is damaged", file) // its text is a secret
			}
		default:
			v, err := note.NewVerifier(line)
			if err != nil {
				return nil, fmt.Errorf("the audit key %s is damaged: a public key cannot be read", file)
			}
			if known = append(known, v); k.Public == "" {
				k.Public = line
			}
		}
	}
	if len(known) == 0 {
		return nil, fmt.Errorf("the audit key %s is damaged: it has no public key", file)
	}
	if k.signer != nil && (k.signer.Name() != known[0].Name() || k.signer.KeyHash() != known[0].KeyHash()) {
		return nil, fmt.Errorf("the audit key %s is damaged: the first public key is not the private key's", file)
	}
	k.known = note.VerifierList(known...)
	return k, nil
}

// publicKey believes one public key.
func publicKey(public string) (*Key, error) {
	v, err := note.NewVerifier(strings.TrimSpace(public))
	if err != nil {
		return nil, errors.New("the public key cannot be read")
	}
	return &Key{known: note.VerifierList(v), Public: public}, nil
}
