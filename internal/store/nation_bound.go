package store

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"foljsam/internal/audit"
)

// What the nation's register holds is bound to its log as revisions of cases are: each return,
// each publication, each lot of people and each change of a collection has a line with its sum.
// So a byte that is changed, a row that is put in the place of another, and one that is taken
// away or put there are noticed. Lines from before there were sums say how many rows there are.

// bindRow puts the sum of a row on the line of the log that tells of it.
func (t *Tx) bindRow(act audit.Act, about, field string, version int, parts ...string) {
	t.bindRowAs(string(act), act, about, field, version, parts...)
}

func (t *Tx) bindRowAs(kind string, act audit.Act, about, field string, version int, parts ...string) {
	for i := range slices.Backward(t.lines) {
		l := &t.lines[i]
		if l.Act == act && l.About == about && strings.Join(l.Fields, " ") == field && l.Sum == "" {
			l.Version, l.Sum = version, t.r.sumOf(kind, version, parts...)
			return
		}
	}
}

// bindPeople puts the sum of a lot of people on the line that tells of it.
func (t *Tx) bindPeople(all []Inhabitants) {
	for i := range slices.Backward(t.lines) {
		if l := &t.lines[i]; l.Act == audit.PopulationSet && l.Sum == "" {
			l.Sum = t.r.sumOfPeople(all)
			return
		}
	}
}

func (x ReceivedReturn) parts() []string {
	p := []string{x.Unit, strconv.Itoa(x.Year), strconv.Itoa(int(x.Scope)), x.How, writeTime(x.At), x.Person, x.Role}
	for _, c := range x.Counts {
		p = append(p, writeCount(c))
	}
	return p
}

func (x Publication) parts() []string {
	return []string{strconv.Itoa(x.Year), writeTime(x.At), x.Person, x.Reason, x.Hash}
}

func (c Collection) parts() []string {
	return []string{strconv.Itoa(c.Year), writeDay(c.Deadline), writeTime(c.Opened), c.OpenedBy, writeTime(c.Closed)}
}

// sumOfPeople gives the sum of all numbers of people that came in together, in whatever order:
// those of the rows, each with its own, laid over each other.
func (r *Register) sumOfPeople(all []Inhabitants) string {
	sum := make([]byte, sumSize)
	for _, x := range all {
		lay(sum, r.sumOf(string(audit.PopulationSet), x.Edition, x.Unit, strconv.Itoa(x.Year), strconv.Itoa(x.Adults), strconv.Itoa(x.Inhabitants),
			x.Source, x.Table, x.Method, writeTime(x.Taken), x.Reason, writeTime(x.At), x.Person))
	}
	return hex.EncodeToString(sum)
}

func lay(over []byte, sum string) {
	b, _ := hex.DecodeString(sum) // we wrote it; a line with something else holds nothing
	subtle.XORBytes(over, over, append(b, make([]byte, sumSize)...)[:sumSize])
}

// collectionKind is what the sum of a collection is made with: two acts change one.
const collectionKind = "insamling"

// nationLog is what the lines of a log say that the nation's register has. A sum that is empty
// is of a line from before there were sums.
type nationLog struct {
	returned    map[string]string // unit/year/edition
	published   map[string]string // year/edition
	collections map[string]string // year: the last change
	people      map[string]string // when and by whom they came in
	unbound     int               // numbers of people that came in before there were sums
	editions    map[string]int
}

func newNationLog() nationLog {
	return nationLog{returned: map[string]string{}, published: map[string]string{}, collections: map[string]string{}, people: map[string]string{}, editions: map[string]int{}}
}

func (x *nationLog) read(l audit.Line) {
	if l.Act == audit.PopulationSet {
		if l.Sum != "" {
			x.lot(writeTime(l.At)+" "+l.Person, l.Sum)
		} else {
			x.unbound += l.N
		}
		return
	}
	if len(l.Fields) != 1 {
		return
	}
	switch year := l.Fields[0]; l.Act {
	case audit.ReturnReceived:
		x.returned[x.next(l.About+"/"+year)] = l.Sum
	case audit.FiguresPublished:
		x.published[x.next(year)] = l.Sum
	case audit.CollectionOpened, audit.CollectionClosed:
		x.collections[year] = l.Sum
	}
}

// lot adds to what came in at one time.
func (x *nationLog) lot(id, sum string) {
	b := make([]byte, sumSize)
	lay(b, x.people[id])
	lay(b, sum)
	x.people[id] = hex.EncodeToString(b)
}

// next gives the next edition of something: lines stand in the order in which they were kept.
func (x *nationLog) next(of string) string {
	x.editions[of]++
	return of + "/" + strconv.Itoa(x.editions[of])
}

// nation compares what the nation's register has with its log.
func (v *verifier) nation(t *Tx) error {
	for _, part := range []func(*Tx) error{v.nationReturns, v.nationEditions, v.nationCollections, v.nationPeople} {
		if err := part(t); err != nil {
			return err
		}
	}
	return nil
}

// holds compares a row with the line of the log that tells of it.
func (v *verifier) holds(lines map[string]string, id, sum, unknown string) {
	if said, known := lines[id]; !known || said != "" && said != sum {
		v.say(unknown, "id", id)
	}
	delete(lines, id)
}

// gone tells of what the log knows and is not there.
func (v *verifier) goneFrom(lines map[string]string, key string) {
	for _, id := range slices.Sorted(maps.Keys(lines)) {
		v.say(key, "id", id)
	}
}

func (v *verifier) nationReturns(t *Tx) error {
	all, err := t.returnsWhere(`ORDER BY unit, year, edition`)
	for _, x := range all {
		id := fmt.Sprintf("%s/%d/%d", x.Unit, x.Year, x.Edition)
		v.holds(v.national.returned, id, t.r.sumOf(string(audit.ReturnReceived), x.Edition, x.parts()...), "store.received_unknown")
	}
	if err == nil {
		v.goneFrom(v.national.returned, "store.received_gone")
	}
	return err
}

// nationEditions compares each edition with its own hash too: whoever reads it is told that.
func (v *verifier) nationEditions(t *Tx) error {
	all, err := t.Publications()
	if err != nil {
		return err
	}
	for _, x := range all {
		id := fmt.Sprintf("%d/%d", x.Year, x.Edition)
		body, err := t.PublishedBody(x.Year, x.Edition)
		if err != nil {
			return err
		}
		if hash := sha256.Sum256(body); hex.EncodeToString(hash[:]) != x.Hash {
			v.say("store.edition_changed", "id", id)
		}
		v.holds(v.national.published, id, t.r.sumOf(string(audit.FiguresPublished), x.Edition, x.parts()...), "store.edition_unknown")
	}
	v.goneFrom(v.national.published, "store.edition_gone")
	return nil
}

func (v *verifier) nationCollections(t *Tx) error {
	all, err := t.Collections()
	for _, c := range all {
		v.holds(v.national.collections, strconv.Itoa(c.Year), t.r.sumOf(collectionKind, 0, c.parts()...), "store.collection_unknown")
	}
	if err == nil {
		v.goneFrom(v.national.collections, "store.collection_gone")
	}
	return err
}

func (v *verifier) nationPeople(t *Tx) error {
	lots := map[string][]Inhabitants{}
	all, err := t.inhabitants()
	if err != nil {
		return err
	}
	for _, x := range all {
		id := writeTime(x.At) + " " + x.Person
		lots[id] = append(lots[id], x)
	}
	unbound := 0
	for _, id := range slices.Sorted(maps.Keys(lots)) {
		said, known := v.national.people[id]
		switch {
		case !known:
			unbound += len(lots[id])
		case said != t.r.sumOfPeople(lots[id]):
			v.say("store.people_unknown", "id", id)
		}
		delete(v.national.people, id)
	}
	if unbound != v.national.unbound {
		v.say("store.people_count", "n", unbound, "av", v.national.unbound)
	}
	v.goneFrom(v.national.people, "store.people_gone")
	return nil
}
