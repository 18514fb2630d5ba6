package exchange

import (
	"bytes"
	"hash/maphash"
	"slices"
	"sync"
)

// idTable numbers pseudonyms 0, 1, 2 … in the order in which they are added. It keeps
// them in one text, and finds them by hash and comparison.
type idTable struct {
	text  []byte
	ends  []uint32
	slots []uint64 // hash in the upper half, number+1 in the lower; 0 empty

	warmth uint64 // nobody reads it; without it warm would do nothing
}

// idTables are used again by the next package.
var idTables = sync.Pool{New: func() any { return &idTable{} }}

// forgetIDs lets go of the cases' pseudonyms.
func (p *delivered) forgetIDs() {
	if p.ids != nil {
		p.ids.reset()
		idTables.Put(p.ids)
		p.ids = nil
	}
}

func (t *idTable) reset() {
	t.text, t.ends, t.slots = t.text[:0], t.ends[:0], t.slots[:0]
}

// seed is the same for all tables, so that a hash can be reckoned before its table is
// known. It differs from run to run: nobody can make pseudonyms that collide.
var seed = maphash.MakeSeed()

func hashOf(id []byte) uint32 { return uint32(maphash.Bytes(seed, id) >> 32) }

func (t *idTable) len() int { return len(t.ends) }

// at gives a pseudonym by its number.
func (t *idTable) at(i int32) []byte {
	from := uint32(0)
	if i > 0 {
		from = t.ends[i-1]
	}
	return t.text[from:t.ends[i]]
}

// find gives the number of a pseudonym, -1 when it is not there.
func (t *idTable) find(hash uint32, id []byte) int32 {
	if len(t.slots) == 0 {
		return -1
	}
	mask := uint32(len(t.slots) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		s := t.slots[i]
		if s == 0 {
			return -1
		}
		if uint32(s>>32) == hash && bytes.Equal(t.at(int32(uint32(s)-1)), id) {
			return int32(uint32(s) - 1)
		}
	}
}

// add adds a pseudonym; added is false when it is there already.
func (t *idTable) add(hash uint32, id []byte) (i int32, added bool) {
	t.reserve(1, len(id))
	mask := uint32(len(t.slots) - 1)
	at := hash & mask
	for ; t.slots[at] != 0; at = (at + 1) & mask {
		s := t.slots[at]
		if uint32(s>>32) == hash && bytes.Equal(t.at(int32(uint32(s)-1)), id) {
			return int32(uint32(s) - 1), false
		}
	}
	t.text = append(t.text, id...)
	t.ends = append(t.ends, uint32(len(t.text)))
	t.slots[at] = uint64(hash)<<32 | uint64(len(t.ends))
	return int32(len(t.ends) - 1), true
}

// reserve makes room for n more pseudonyms of so many bytes in all.
func (t *idTable) reserve(n, bytes int) {
	if want := 2 * (len(t.ends) + n); want > len(t.slots) {
		size := max(64, 2*len(t.slots))
		for size < want {
			size *= 2
		}
		t.grow(size)
	}
	if n > 1 {
		t.ends, t.text = slices.Grow(t.ends, n), slices.Grow(t.text, bytes)
	}
}

// warm looks at where some pseudonyms will be looked for, so that the processor fetches
// those places at the same time and not one after the other.
func (t *idTable) warm(hashes []uint32) {
	mask := uint32(len(t.slots) - 1)
	for _, h := range hashes {
		t.warmth |= t.slots[h&mask]
	}
}

// full tells whether the table's text has no room for n more bytes.
func (t *idTable) full(n int) bool { return uint64(len(t.text))+uint64(n) > 1<<32-1 }

func (t *idTable) place(slot uint64) {
	mask := uint32(len(t.slots) - 1)
	i := uint32(slot>>32) & mask
	for t.slots[i] != 0 {
		i = (i + 1) & mask
	}
	t.slots[i] = slot
}

func (t *idTable) grow(size int) {
	old := t.slots
	if len(old) == 0 && cap(old) >= size { // left from before
		t.slots = old[:size]
		clear(t.slots)
		return
	}
	t.slots = make([]uint64, size)
	for _, s := range old {
		if s != 0 {
			t.place(s)
		}
	}
}

// keep leaves only the pseudonyms for which keep answers true, and numbers them anew.
// The table finds nothing after that.
func (t *idTable) keep(keep func(i int) bool) {
	var text []byte
	var ends []uint32
	for i := range t.ends {
		if keep(i) {
			text = append(text, t.at(int32(i))...)
			ends = append(ends, uint32(len(text)))
		}
	}
	t.text, t.ends, t.slots = text, ends, nil
}
