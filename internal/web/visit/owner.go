package visit

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"foljsam/internal/fault"
)

// OwnerField is the name of the hidden field that says whose page a form is on.
const OwnerField = "vems"

// Owner says whose page this is, and under which role in which register, without saying who
// that is. It begins with what ofPerson gives.
func (v *Visit) Owner() string {
	if v.Who == nil {
		return ""
	}
	return v.ofPerson() + shortHash(v.Who.Person.ID+"\n"+v.Who.Register+"\n"+string(v.Who.Role))
}

// ofPerson says whose page this is under whichever role: the form that switches roles may be
// sent from the page of any.
func (v *Visit) ofPerson() string { return shortHash(v.Who.Person.ID) }

func shortHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:4])
}

// posterFault is why what was sent is not taken: it was written on a page of somebody else,
// who was signed in here before, or under another role. It would be filed as this one's.
func (v *Visit) posterFault(owner string) error {
	switch {
	case owner == "" || v.Who == nil || owner == v.ofPerson() || owner == v.Owner():
		return nil
	case strings.HasPrefix(owner, v.ofPerson()):
		return fault.New(fault.Conflict, "visit.other_role")
	}
	return fault.New(fault.Refused, "visit.other_person")
}

// Posted gives the fields of a posted form that was written by who sends it.
func (v *Visit) Posted() (url.Values, error) {
	err := v.R.ParseForm()
	if large := new(http.MaxBytesError); errors.As(err, &large) {
		return nil, fault.New(fault.TooLarge, "visit.too_large")
	}
	if err != nil {
		return nil, fault.New(fault.Usage, "visit.bad_form") // the cause quotes what was posted
	}
	if err := v.posterFault(v.R.PostForm.Get(OwnerField)); err != nil {
		return nil, err
	}
	return v.R.PostForm, nil
}

// Written gives what was written in a field, without space around it and with lines as we keep
// them: a browser sends them with a carriage return.
func Written(posted url.Values, name string) string {
	return strings.TrimSpace(strings.ReplaceAll(posted.Get(name), "\r\n", "\n"))
}
