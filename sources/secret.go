package sources

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
)

// NoSecretFile is why the secret of a stanza's key cannot be read from its file: the key,
// and where it does not look like a secret in the wrong place, the file without its folder
// are named.
func NoSecretFile(code, key, file string, err error) *Error {
	why := "cannot be read"
	switch {
	case err == nil:
		why = "is empty"
	case errors.Is(err, fs.ErrNotExist):
		why = "is not there"
	case errors.Is(err, fs.ErrPermission):
		why = "may not be read by this account"
	}
	return &Error{Kind: Refused, Code: code, Reason: "The secret is missing: the file of " + key + named(path.Base(file), isFileName(file)) + " " + why}
}

// NoSecretEnv is why the secret of a stanza's key cannot be read from the environment.
func NoSecretEnv(code, key, name string) *Error {
	return &Error{Kind: Refused, Code: code, Reason: "The secret is missing: the environment variable of " + key + named(name, envForm.MatchString(name)) + " is not set"}
}

// ReadSecret reads the secret of a stanza's keys name_file and name_env, whichever is given.
// Space around it is taken off; an empty one is none.
func ReadSecret(key, file, env, fileCode, envCode string) (string, error) {
	if file != "" {
		b, err := os.ReadFile(file)
		secret := strings.TrimSpace(string(b))
		if err != nil || secret == "" {
			return "", NoSecretFile(fileCode, key+"_file", file, err)
		}
		return secret, nil
	}
	if v := os.Getenv(env); v != "" {
		return v, nil
	}
	return "", NoSecretEnv(envCode, key+"_env", env)
}

var (
	envForm  = regexp.MustCompile(`^[A-Z][A-Z0-9_]{0,60}$`)
	pathForm = regexp.MustCompile(`^[A-Za-z0-9 ._/-]{1,200}$`)
	bareForm = regexp.MustCompile(`\.[a-z]{2,6}$`)
)

// isFileName is strict, since somebody may have written the secret itself where its file is
// to be named: a path of folders that are there, or a bare name with an ending.
func isFileName(s string) bool {
	if !pathForm.MatchString(s) {
		return false
	}
	i := strings.LastIndexByte(s, '/')
	if i < 0 {
		return bareForm.MatchString(s)
	}
	top, _, _ := strings.Cut(strings.TrimPrefix(s, "/"), "/")
	if strings.HasPrefix(s, "/") {
		top = "/" + top
	}
	_, err := os.Stat(top)
	return err == nil && i > 0
}

func named(s string, ok bool) string {
	if !ok {
		return ""
	}
	return " (" + s + ")"
}
