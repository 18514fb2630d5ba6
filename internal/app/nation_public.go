package app

import (
	"regexp"

	"foljsam/internal/fault"
	"foljsam/internal/record"
)

// What somebody writes beside published figures anyone may read, for ever: an edition is never
// taken away.

// fewCases is 1-4 of something that is counted here, as people write it.
var fewCases = regexp.MustCompile(`(?i)(^|[^\pL\d.,])([1-4]|en|ett|två|tre|fyra|one|two|three|four)\s+((enda|enstaka|nya|fler|färre|vuxna|more|fewer|adult)\s+)?(ärende|fall|klient|person|kvinn|man|män|vuxen|vuxna|insats|avslut|case|client|person|people|wom[ae]n|m[ae]n|adult)(\pL*)`)

// publicFault refuses a text for everybody to read that seems to say who somebody is, or how few they are.
func publicFault(text string) error {
	switch {
	case len([]rune(text)) > longestReason:
		return fault.New(fault.Invalid, "nation.reason_long", "n", longestReason)
	case len(record.Identifying(text)) > 0:
		return fault.New(fault.Invalid, "nation.reason_identifies")
	case fewCases.MatchString(text):
		return fault.New(fault.Invalid, "nation.reason_few")
	}
	return nil
}
