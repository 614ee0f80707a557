package er7

import "strings"

// Escape writes text so that it can stand in a field of a message with the usual
// delimiters.
func Escape(text string) string { return escaper.Replace(text) }

var escaper = strings.NewReplacer(`\`, `\E\`, "|", `\F\`, "^", `\S\`, "~", `\R\`, "&", `\T\`, "\r\n", `\.br\`, "\r", `\.br\`, "\n", `\.br\`)
