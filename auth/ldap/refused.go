package ldap

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/go-ldap/ldap/v3"

	"github.com/patchworkcare/patchwork/auth"
)

// resultCode is what the directory answered, RFC 4511 §4.1.9; 0 for success. answered is
// false if it gave no answer that can be read: the library's own codes begin at 200.
func resultCode(err error) (code uint16, answered bool) {
	if err == nil {
		return 0, true
	}
	var e *ldap.Error
	if !errors.As(err, &e) || e.ResultCode >= ldap.ErrorNetwork {
		return 0, false
	}
	return e.ResultCode, true
}

// isTooMany: the directory has more than was asked for, and says so or sends it.
func isTooMany(err error) bool {
	return errors.Is(err, ldap.ErrSizeLimitExceeded) || ldap.IsErrorWithCode(err, ldap.LDAPResultSizeLimitExceeded)
}

// bindCause says why a person's bind was refused, for the operator; refused is false if it
// was not, or if that was not the person's doing.
func bindCause(err error) (cause string, refused bool) {
	switch code, _ := resultCode(err); code {
	case ldap.LDAPResultInvalidCredentials:
		return activeDirectoryCause(err), true
	case ldap.LDAPResultInappropriateAuthentication:
		return "the account has no password", true
	case ldap.LDAPResultNoSuchObject:
		return "the account is gone", true
	case ldap.LDAPResultConstraintViolation:
		return "the directory has locked the account", true
	case ldap.LDAPResultUnwillingToPerform:
		return "the directory lets this account not sign in", true
	}
	return "", false
}

// subCode is in Active Directory's text: "80090308: LdapErr: DSID-0C09044E, comment:
// AcceptSecurityContext error, data 533, v2580". It is a Windows error in hexadecimal.
var subCode = regexp.MustCompile(`, data ([0-9a-f]{2,4}),`)

func activeDirectoryCause(err error) string {
	var e *ldap.Error
	if !errors.As(err, &e) || e.Err == nil {
		return "wrong password"
	}
	m := subCode.FindStringSubmatch(e.Err.Error())
	if m == nil {
		return "wrong password"
	}
	switch m[1] {
	case "525":
		return "no such account"
	case "530", "531":
		return "the account may not sign in at this time or here"
	case "532":
		return "the password has expired"
	case "533":
		return "the account is disabled"
	case "701":
		return "the account has expired"
	case "773":
		return "the password must be changed first"
	case "775":
		return "the directory has locked the account"
	}
	return "wrong password"
}

// serviceRefusal says why the service account could not bind.
func serviceRefusal(err error) *auth.Refusal {
	if _, refused := bindCause(err); refused {
		return auth.Refuse(auth.RefusedUnavailable, "the directory refuses the service account: check bind_dn and its password")
	}
	return refusalOf(err)
}

// refusalOf is for everything that is not the person's doing.
func refusalOf(err error) *auth.Refusal {
	code, answered := resultCode(err)
	if !answered {
		return auth.Refuse(auth.RefusedUnavailable, "the directory ended the connection or answered what cannot be read")
	}
	switch code {
	case ldap.LDAPResultReferral:
		return auth.Refuse(auth.RefusedInvalid, "the directory points to another one, which is not followed")
	case ldap.LDAPResultNoSuchObject:
		return auth.Refuse(auth.RefusedInvalid, "the directory has no such base")
	case ldap.LDAPResultInsufficientAccessRights:
		return auth.Refuse(auth.RefusedInvalid, "the service account may not search there")
	case ldap.LDAPResultConfidentialityRequired, ldap.LDAPResultStrongAuthRequired:
		return auth.Refuse(auth.RefusedInvalid, "the directory wants an encrypted connection")
	}
	return auth.Refuse(auth.RefusedUnavailable, fmt.Sprintf("the directory answered with result code %d", code))
}

// tlsCause says in fixed words what is wrong with the encryption. The library keeps only
// the text of what crypto/x509 said.
func tlsCause(err error) string {
	text := ""
	if err != nil {
		text = err.Error()
	}
	for _, c := range []struct{ said, cause string }{
		{"certificate has expired or is not yet valid", "the directory's certificate has expired or is not valid yet"},
		{"signed by unknown authority", "the directory's certificate is signed by an unknown authority: check ca_file"},
		{"certificate is valid for", "the directory's certificate is for another name: check url or server_name"},
		{"not valid for any names", "the directory's certificate is for another name: check url or server_name"},
		{"IP SANs", "the directory's certificate is for another name: check url or server_name"},
	} {
		if strings.Contains(text, c.said) {
			return c.cause
		}
	}
	return "the directory cannot be spoken to encrypted"
}
