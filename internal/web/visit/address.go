package visit

import "net/url"

// SavedMark says in an address what was just kept there.
const SavedMark = "sparat"

// justDone are the names in an address that tell of what was just done: whoever keeps the address
// of a page keeps it without them.
var justDone = []string{SavedMark, orderedMark, askedAgain}

// Plain gives an address without what was just done there.
func Plain(u url.URL) string {
	q := u.Query()
	for _, name := range justDone {
		q.Del(name)
	}
	u.RawQuery, u.Fragment = q.Encode(), ""
	return u.String()
}

// OwnAddress is the page's own address, without what was just done there.
func (v *Visit) OwnAddress() string { return Plain(*v.R.URL) }

// Marked gives an address that says what was just done there.
func Marked(address, name, how string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	q := u.Query()
	q.Set(name, how)
	u.RawQuery = q.Encode()
	return u.String()
}
