// Package jsonscan reads a JSON document in one pass, taking only what the caller
// asks for and skipping the rest at about the speed of memory.
//
// It owns the grammar (RFC 8259): what is skipped is still checked for structure,
// escapes, numbers and literals; the whole document must be UTF-8; names may not
// repeat in an object that is read; nothing nests deeper than MaxDepth. It builds
// no tree, makes no copy of a string without escapes and allocates next to nothing.
// It does not know FHIR or any other format, and reads no stream: the caller has
// bounded the document and holds it in memory.
//
// A document is walked by loops:
//
//	s.Reset(data)
//	if s.Object() {
//		for s.Next() {
//			switch string(s.Name()) {
//			case "id":
//				id = string(s.Text())
//			case "entry":
//				for s.Each() { … }
//			} // a member not taken is skipped
//		}
//	}
//	err := s.End()
package jsonscan
