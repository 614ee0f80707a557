package idp

import (
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"

	_ "embed"
)

// SimpleSAMLphp reads its configuration as PHP. Ours is JSON beside it: no name or
// password is ever written into a program.
const (
	phpConfig = `<?php
$config = json_decode(file_get_contents(__DIR__ . '/config.json'), true, 512, JSON_THROW_ON_ERROR);
`
	phpAuthSources = `<?php
$config = ['people' => ['exampleauth:UserPass'], 'admin' => ['core:AdminPassword']];
foreach (json_decode(file_get_contents(__DIR__ . '/users.json'), true, 512, JSON_THROW_ON_ERROR) as $user) {
    if (!$user['disabled']) {
        $config['people'][$user['username'] . ':' . $user['password']] = $user['attributes'];
    }
}
`
	phpMetadata = `<?php
$metadata = json_decode(file_get_contents(substr(__FILE__, 0, -4) . '.json'), true, 512, JSON_THROW_ON_ERROR);
`
	// phpStanding ends a sign-in by a session that began before the account was disabled.
	phpStanding = `foreach (json_decode(file_get_contents(getenv('SIMPLESAMLPHP_CONFIG_DIR') . '/users.json'), true) as $user) {
    if ($user['username'] === ($attributes['uid'][0] ?? '') && !$user['disabled']) {
        return;
    }
}
throw new \SimpleSAML\Error\Error('NOACCESS');`
)

//go:embed saml/router.php
var phpRouter []byte

const (
	persistentNameID = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
	rsaSHA256        = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
	redirectBinding  = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
)

// samlUser is a user as the authentication source reads it.
type samlUser struct {
	Username   string              `json:"username"`
	Password   string              `json:"password"`
	Disabled   bool                `json:"disabled"`
	Attributes map[string][]string `json:"attributes"`
}

// attributesOf says what the provider says of a user. persistentId becomes the NameID and
// is not sent as an attribute.
func attributesOf(u User) map[string][]string {
	id := sha256.Sum256([]byte("persistent " + u.Username))
	all := map[string][]string{
		"uid": {u.Username}, "displayName": {u.Name}, "persistentId": {hex.EncodeToString(id[:16])},
	}
	if u.Email != "" {
		all["mail"] = []string{u.Email}
	}
	if len(u.Groups) > 0 {
		all["groups"] = u.Groups
		all["eduPersonAffiliation"] = u.Groups
	}
	for name, claim := range u.Claims {
		if values := texts(claim); values != nil {
			all[name] = values
		}
	}
	return all
}

// writeSAML fills the provider's folder: configuration, metadata, keys, users.
func writeSAML(dir, base string, o SAMLOptions, key keyPair) error {
	for _, sub := range []string{"metadata", "cert", "log", "data", "tmp", "sessions"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o700); err != nil {
			return err
		}
	}
	files := map[string][]byte{
		"router.php": phpRouter, "config.php": []byte(phpConfig), "authsources.php": []byte(phpAuthSources),
		"metadata/saml20-idp-hosted.php": []byte(phpMetadata), "metadata/saml20-sp-remote.php": []byte(phpMetadata),
		"cert/idp.key": key.keyPEM, "cert/idp.crt": key.certPEM,
	}
	for name, v := range map[string]any{
		"config.json":                     samlSettings(dir, base, nameOr(o.Name)),
		"metadata/saml20-idp-hosted.json": samlHosted(base, o),
		"metadata/saml20-sp-remote.json":  samlRemotes(o.ServiceProviders),
	} {
		text, err := json.Marshal(v)
		if err != nil {
			return err
		}
		files[name] = text
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// samlSettings is config.php: sessions in files, cookies that plain HTTP on loopback
// keeps, everything in the provider's own folder.
func samlSettings(dir, base, name string) map[string]any {
	return map[string]any{
		"baseurlpath": base, "certdir": dir + "/cert/", "loggingdir": dir + "/log/", "datadir": dir + "/data/",
		"tempdir": dir + "/tmp", "metadatadir": dir + "/metadata", "timezone": "UTC",
		"technicalcontact_name": name, "technicalcontact_email": "na@example.org",
		"secretsalt": rand.Text(), "auth.adminpassword": rand.Text(), "admin.protectindexpage": true,
		"admin.checkforupdates": false, "trusted.url.domains": []string{},
		"showerrors": true, "errorreporting": false, "logging.level": 5, "logging.handler": "stderr",
		"enable.saml20-idp": true, "enable.shib13-idp": false, "enable.adfs-idp": false,
		"module.enable":    map[string]bool{"exampleauth": true, "core": true, "saml": true},
		"session.duration": 36000, "session.datastore.timeout": 14400, "session.state.timeout": 3600,
		"session.cookie.name": "SimpleSAMLSessionID", "session.cookie.lifetime": 0, "session.cookie.path": "/",
		"session.cookie.secure": false, "session.phpsession.cookiename": "SimpleSAML",
		"session.phpsession.savepath": dir + "/sessions", "session.phpsession.httponly": true,
		"session.authtoken.cookiename": "SimpleSAMLAuthToken", "session.rememberme.enable": false,
		"language.available": []string{"en"}, "language.default": "en", "language.cookie.secure": false,
		"theme.use": "default", "production": true, "store.type": "phpsession",
		"metadata.sources": []map[string]string{{"type": "flatfile"}},
	}
}

func samlHosted(base string, o SAMLOptions) map[string]any {
	return map[string]any{base + "saml2/idp/metadata.php": map[string]any{
		"host": "__DEFAULT__", "privatekey": "idp.key", "certificate": "idp.crt", "auth": "people",
		"OrganizationName": map[string]string{"en": nameOr(o.Name)}, "OrganizationURL": map[string]string{"en": base},
		"signature.algorithm": rsaSHA256, "saml20.sign.response": true, "saml20.sign.assertion": true,
		"sign.logout": true, "redirect.sign": true, "NameIDFormat": []string{persistentNameID}, "logouttype": "traditional",
		"authproc": map[string]any{
			"10": map[string]string{"class": "core:PHP", "code": phpStanding},
			"20": map[string]string{"class": "saml:AttributeNameID", "attribute": "persistentId", "Format": persistentNameID},
			"30": map[string]string{"class": "core:PHP", "code": "unset($attributes['persistentId']);"},
		},
	}}
}

func samlRemotes(sps []SAMLServiceProvider) map[string]any {
	all := map[string]any{}
	for _, sp := range sps {
		remote := map[string]any{
			"AssertionConsumerService": sp.ACS, "NameIDFormat": persistentNameID,
			"assertion.encryption": sp.Encrypt, "validate.authnrequest": sp.Certificate != nil, "validate.logout": sp.Certificate != nil,
			"redirect.validate": sp.Certificate != nil, "redirect.sign": true, "sign.logout": true,
			"saml20.sign.response": !sp.UnsignedResponse, "saml20.sign.assertion": !sp.UnsignedAssertion,
		}
		if sp.Certificate != nil {
			remote["certData"] = base64.StdEncoding.EncodeToString(sp.Certificate)
		}
		if sp.SLO != "" {
			remote["SingleLogoutService"] = []map[string]string{{"Binding": redirectBinding, "Location": sp.SLO, "ResponseLocation": cmp.Or(sp.Left, sp.SLO)}}
		}
		all[sp.EntityID] = remote
	}
	return all
}
