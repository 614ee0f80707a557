package saml

// The namespaces and names of the standards, as they stand in messages.
const (
	nsAssertion  = "urn:oasis:names:tc:SAML:2.0:assertion"
	nsProtocol   = "urn:oasis:names:tc:SAML:2.0:protocol"
	nsMetadata   = "urn:oasis:names:tc:SAML:2.0:metadata"
	nsSignature  = "http://www.w3.org/2000/09/xmldsig#"
	nsExclusive  = "http://www.w3.org/2001/10/xml-exc-c14n#"
	nsEncryption = "http://www.w3.org/2001/04/xmlenc#"
	nsXMLEnc11   = "http://www.w3.org/2009/xmlenc11#"

	// SAML core §8.3.
	formatUnspecified = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"
	formatPersistent  = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
	formatTransient   = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
	formatEntity      = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity"

	// SAML profiles §3.3.
	methodBearer = "urn:oasis:names:tc:SAML:2.0:cm:bearer"

	// SAML core §3.2.2.2.
	statusSuccess = "urn:oasis:names:tc:SAML:2.0:status:Success"
	statusPrefix  = "urn:oasis:names:tc:SAML:2.0:status:"
)
