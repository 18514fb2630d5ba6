package audit

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"testing"
	"time"
)

func threeLines(t *testing.T) []Sealed {
	t.Helper()
	var h Head
	var all []Sealed
	for i, act := range []Act{Opened, Changed, Read} {
		s, next, err := Append(h, Line{At: time.Date(2026, 11, 22, 14, i, 0, 0, time.UTC), Person: "p1", Role: "handlaggare", Act: act, Case: "c1"})
		if err != nil {
			t.Fatal(err)
		}
		all, h = append(all, s), next
	}
	return all
}

func TestTheFirstLineIsHashedAsTheCommentSays(t *testing.T) {
	all := threeLines(t)
	want := sha256.Sum256([]byte("\n1\n" + `{"nr":1,"tid":"2026-11-22T14:00:00Z","vem":"p1","roll":"handlaggare","vad":"oppnade_arende","arende":"c1"}` + "\n"))
	if all[0].Hash != hex.EncodeToString(want[:]) {
		t.Errorf("hash %s of %s", all[0].Hash, all[0].Body)
	}
}

func TestEveryChangeIsFound(t *testing.T) {
	all := threeLines(t)
	if h, err := Verify(Head{}, all); err != nil || h.Seq != 3 || h.Hash != all[2].Hash {
		t.Fatalf("%v %v", h, err)
	}
	if _, err := Verify(Head{1, all[0].Hash}, all[1:]); err != nil {
		t.Error("a chain can be followed from any head:", err)
	}
	for i := range all {
		for at := range all[i].Body {
			bad := slices.Clone(all)
			bad[i].Body = bytes.Clone(bad[i].Body)
			bad[i].Body[at] ^= 1
			if _, err := Verify(Head{}, bad); err == nil {
				t.Fatalf("line %d, byte %d: a flipped bit was not found", i+1, at)
			}
		}
	}
	for name, bad := range map[string][]Sealed{
		"one taken out":   {all[0], all[2]},
		"two in turn":     {all[1], all[0], all[2]},
		"one twice":       {all[0], all[0], all[1], all[2]},
		"first taken out": all[1:],
	} {
		if _, err := Verify(Head{}, bad); err == nil {
			t.Errorf("%s: not found", name)
		}
	}
}
