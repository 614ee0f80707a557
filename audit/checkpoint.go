package audit

import (
	"encoding/base64"
	"errors"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Checkpoint says what the whole ledger was when it had Size events. As text it is a
// signed note of three lines, origin, size and root hash (C2SP tlog-checkpoint).
type Checkpoint struct {
	Origin string
	Size   int64
	Root   tlog.Hash
}

// sign makes the note.
func (k *Key) sign(size int64, root tlog.Hash) (string, error) {
	if k.signer == nil {
		return "", errors.New("the audit key has no private part")
	}
	text := k.signer.Name() + "\n" + strconv.FormatInt(size, 10) + "\n" + root.String() + "\n"
	signed, err := note.Sign(&note.Note{Text: text}, k.signer)
	return string(signed), err
}

// open checks a note's signature and reads it.
func (k *Key) open(signed string) (Checkpoint, error) {
	n, err := note.Open([]byte(signed), k.known)
	if err != nil {
		return Checkpoint{}, errors.New("the checkpoint is not signed by a key that is believed")
	}
	c, err := parseCheckpoint(n.Text)
	for _, s := range n.Sigs {
		// The library leaves the last, unused bits open: no byte of a note may change unseen.
		if _, strict := base64.StdEncoding.Strict().DecodeString(s.Base64); strict != nil {
			err = errors.New("the checkpoint's signature is not written as it was")
		}
	}
	if err == nil && c.Origin != n.Sigs[0].Name {
		err = errors.New("the checkpoint's origin is not its signer")
	}
	return c, err
}

func parseCheckpoint(text string) (Checkpoint, error) {
	malformed := errors.New("the checkpoint cannot be read")
	lines := strings.Split(text, "\n")
	if len(lines) < 4 || lines[0] == "" {
		return Checkpoint{}, malformed
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return Checkpoint{}, malformed
	}
	root, err := base64.StdEncoding.Strict().DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return Checkpoint{}, malformed
	}
	return Checkpoint{Origin: lines[0], Size: size, Root: tlog.Hash(root)}, nil
}
