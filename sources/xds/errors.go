package xds

import (
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/xmltree"
)

// gapOf is what an error beside an answer says is missing. The words and context of the
// error are not quoted: they hold ids.
func gapOf(e *xmltree.Node) sources.Gap {
	g := sources.Gap{Status: record.Partial, Code: "partial", Reason: "It says that some of it could not be read"}
	switch e.Attr("errorCode") {
	case "XDSUnavailableCommunity", "XDSUnknownCommunity", "XDSMissingHomeCommunityId":
		g.Code, g.Reason = "community", "It says that a part of the archive, in another place, did not answer"
	case "XDSTooManyResults":
		g.Code, g.Reason = "too-many", "It says that there is more than it lists"
	}
	return g
}

// registryFailure is the error of an answer that is none.
func registryFailure(errs []*xmltree.Node) error {
	for _, e := range errs {
		switch e.Attr("errorCode") {
		case "XDSTooManyResults":
			return &sources.Error{Kind: sources.Malformed, Code: "too-many", Reason: "It holds more documents than it gives at once"}
		case "XDSRegistryBusy", "XDSRepositoryBusy", "XDSRegistryOutOfResources", "XDSRepositoryOutOfResources":
			return &sources.Error{Kind: sources.Unavailable, Code: "busy", Reason: "It says that it has too much to do"}
		}
	}
	return &sources.Error{Kind: sources.Unavailable, Code: "registry-error", Reason: "It reports a fault of its own"}
}

// retrieveFailure is the error of a document that a repository does not hand out.
func retrieveFailure(errs []*xmltree.Node) error {
	for _, e := range errs {
		switch e.Attr("errorCode") {
		case "XDSDocumentUniqueIdError":
			return sources.DocumentGone()
		case "XDSUnknownRepositoryId":
			return &sources.Error{Kind: sources.Refused, Code: "unknown-repository", Reason: "It does not keep this document"}
		}
	}
	return registryFailure(errs)
}
