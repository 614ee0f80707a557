package audit

import (
	"errors"

	"golang.org/x/mod/sumdb/note"
)

// SignText signs a text of several lines that is no checkpoint, such as a backup's manifest:
// its first line says what it is. The text must end with a line end.
func (k *Key) SignText(text string) ([]byte, error) {
	if k.signer == nil {
		return nil, errors.New("the audit key has no private part")
	}
	if _, err := parseCheckpoint(text); err == nil {
		return nil, errors.New("the text could be taken for a checkpoint")
	}
	return note.Sign(&note.Note{Text: text}, k.signer)
}

// OpenText gives a text that SignText signed, by this key or one that it replaced.
func (k *Key) OpenText(signed []byte) (string, error) {
	n, err := note.Open(signed, k.known)
	if err != nil {
		return "", errors.New("it is not signed by a key that is believed")
	}
	return n.Text, nil
}
