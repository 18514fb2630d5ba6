package store

import (
	"bytes"
	"encoding/hex"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"foljsam/internal/fault"
)

// The keys' file is text: its form on the first line, then a line for each register, purpose
// and version, and one for each who holds a recovery key. The first form had a line for each
// register with its three keys, and is read still.
const (
	firstKeyForm  = "foljsam-nycklar 1"
	secondKeyForm = "foljsam-nycklar 2"
	keyWord       = "nyckel"
	holderWord    = "innehavare"
)

// readKeyFile reads what the keys' file says. What is wrong is not told: it would be a key.
func readKeyFile(text []byte) (now kept, err error) {
	now.all = map[string]registerKeys{}
	wrong := fault.New(fault.Invalid, "store.keys_form")
	lines := strings.Split(strings.TrimSuffix(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n"), "\n")
	form := lines[0]
	if form != firstKeyForm && form != secondKeyForm {
		return now, wrong
	}
	for _, line := range lines[1:] {
		words := strings.Fields(line)
		ok := false
		switch {
		case form == firstKeyForm:
			ok = now.readFirst(words)
		case len(words) == 5 && words[0] == keyWord:
			ok = now.readKey(words[1:])
		case len(words) == 5 && words[0] == holderWord:
			ok = now.readHolder(words[1:])
		}
		if !ok {
			return now, wrong
		}
	}
	return now, nil
}

// readFirst reads a line of the first form: a register and its three keys.
func (k *kept) readFirst(words []string) bool {
	if len(words) != 4 || k.all[words[0]].versions != nil {
		return false
	}
	for i, purpose := range []string{dataKey, codeKey, pseudonymKey} {
		if !k.readKey([]string{words[0], purpose, "1", words[i+1]}) {
			return false
		}
	}
	return true
}

// readKey reads register, purpose, version and key.
func (k *kept) readKey(words []string) bool {
	id, purpose := words[0], words[1]
	version, err := strconv.Atoi(words[2])
	key, bad := hex.DecodeString(words[3])
	known := purpose == dataKey && version == 1 || purpose == codeKey || purpose == pseudonymKey
	if err != nil || bad != nil || !validID(id) || !known || version < 1 || len(key) != 32 {
		return false
	}
	if _, twice := k.all[id].versions[purpose][version]; twice {
		return false
	}
	k.all[id] = k.all[id].with(purpose, version, key)
	return true
}

// readHolder reads a name, a recipient, and when they were added and confirmed.
func (k *kept) readHolder(words []string) bool {
	name, err := url.PathUnescape(words[0])
	h := Holder{Name: name, Recipient: words[1], Added: readTime(words[2]), Confirmed: readTime(words[3])}
	if _, bad := Recipients([]string{h.Recipient}); err != nil || bad != nil || h.Added.IsZero() {
		return false
	}
	k.holders = append(k.holders, h)
	return true
}

// text writes what the keys' file is to say.
func (k kept) text() []byte {
	var b bytes.Buffer
	row := func(words ...string) { b.WriteString(strings.Join(words, " ") + "\n") }
	row(secondKeyForm)
	for _, id := range slices.Sorted(maps.Keys(k.all)) {
		for _, purpose := range []string{dataKey, codeKey, pseudonymKey} {
			versions := k.all[id].versions[purpose]
			for _, n := range slices.Sorted(maps.Keys(versions)) {
				row(keyWord, id, purpose, strconv.Itoa(n), hex.EncodeToString(versions[n]))
			}
		}
	}
	for _, h := range k.holders {
		confirmed := writeTime(h.Confirmed)
		if confirmed == "" {
			confirmed = "-"
		}
		row(holderWord, url.PathEscape(h.Name), h.Recipient, writeTime(h.Added), confirmed)
	}
	return b.Bytes()
}
