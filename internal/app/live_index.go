package app

import "strings"

// caseUnits is the ids of the units that a register's cases are in: a case has a number for it, and 0
// is none.
type caseUnits struct {
	all []string
	at  map[string]int16
}

// unitAt gives a unit's number.
func (l *live) unitAt(id string) int16 {
	if l.ids.at == nil {
		l.ids, l.cameIn = caseUnits{[]string{""}, map[string]int16{"": 0}}, []map[int16]int32{nil}
	}
	at, known := l.ids.at[id]
	if !known {
		id, at = strings.Clone(id), int16(len(l.ids.all))
		l.ids.at[id], l.ids.all, l.cameIn = at, append(l.ids.all, id), append(l.cameIn, map[int16]int32{})
	}
	return at
}

// inYear adds to how many cases came in in a case's year, where it is counted.
func (l *live) inYear(i, more int32) {
	if x := &l.cases[i]; x.counts() {
		l.cameIn[x.unit][int16(x.began.Time().Year())] += more
	}
}

// link puts a case with a client's others, and takes it from those of the client it had before.
func (l *live) link(i int32, client uint64) {
	if len(l.heads) < len(l.cases) {
		l.findAnew(2*len(l.cases) + 1024)
	}
	l.unlink(i)
	x, head := &l.cases[i], &l.heads[client%uint64(len(l.heads))]
	x.client, x.next, *head = client, *head, i+1
}

// unlink takes a case out. One that has been put nowhere is not found.
func (l *live) unlink(i int32) {
	if len(l.heads) == 0 {
		return
	}
	x := &l.cases[i]
	for at := &l.heads[x.client%uint64(len(l.heads))]; *at != 0; at = &l.cases[*at-1].next {
		if *at == i+1 {
			*at, x.next = x.next, 0
			return
		}
	}
}

// findAnew makes room for clients. Cases that are gone have none.
func (l *live) findAnew(room int) {
	l.heads = make([]int32, room)
	for i := range l.cases {
		if x := &l.cases[i]; x.unit != 0 {
			head := &l.heads[x.client%uint64(room)]
			x.next, *head = *head, int32(i)+1
		}
	}
}

// eachOf tells the cases of a client.
func (l *live) eachOf(client uint64, do func(i int32)) {
	if len(l.heads) == 0 {
		return
	}
	for i := l.heads[client%uint64(len(l.heads))]; i != 0; i = l.cases[i-1].next {
		if l.cases[i-1].client == client {
			do(i - 1)
		}
	}
}

// several tells whether a client has more than one case that is counted.
func (l *live) several(client uint64) bool {
	n := 0
	l.eachOf(client, func(i int32) {
		if l.cases[i].counts() {
			n++
		}
	})
	return n > 1
}
