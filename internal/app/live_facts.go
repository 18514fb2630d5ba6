package app

import (
	"bytes"
	"encoding/binary"
	"hash/maphash"
)

// keptFacts is what is counted of the risk in a register's cases, in few bytes: most cases have the
// same as others. What was added stays, so that a copy of it can be read while more is added.
type keptFacts struct {
	packed []byte
	from   []uint32         // by number: where the facts are; those of 0 are none
	at     map[uint64]int32 // by what stands for facts in short
}

// add gives the number of some facts.
func (k *keptFacts) add(facts string) int32 {
	if facts == "" {
		return 0
	}
	short := maphash.String(clients, facts)
	if n, known := k.at[short]; known && string(k.get(n)) == facts {
		return n
	}
	if k.at == nil {
		k.at, k.from = map[uint64]int32{}, []uint32{0}
	}
	n := int32(len(k.from))
	k.at[short], k.from = n, append(k.from, uint32(len(k.packed)))
	k.packed = append(binary.AppendUvarint(k.packed, uint64(len(facts))), facts...)
	return n
}

// get gives the facts of a number.
func (k *keptFacts) get(n int32) []byte {
	if n == 0 {
		return nil
	}
	all := k.packed[k.from[n]:]
	size, head := binary.Uvarint(all)
	return bytes.Clone(all[head : head+int(size)])
}
