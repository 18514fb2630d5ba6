package exchange

import (
	"bytes"
	"testing"

	"foljsam/internal/disclosure"
)

func oneEdition() Edition {
	counts := func(n ...int) (c [3]disclosure.Count) {
		for i := range n {
			c[i] = disclosure.CountOf(n[i])
		}
		return c
	}
	return Edition{Year: 2024, Number: 1, Source: "x", Units: []EditionUnit{
		{Unit: "0114", Name: "Upplands Väsby", Kind: WholeUnit, Adults: 36_000, Counts: counts(17, 3, 0), Scope: 3},
		{Unit: "1480", Name: "Göteborg", Kind: CityUnit, Adults: 480_000},
		{Unit: "148001", Name: "Centrum", Kind: PartUnit, Adults: 100_000, Counts: counts(50)},
		{Unit: "148002", Name: "Hisingen", Kind: PartUnit, Adults: 120_000},
		{Unit: "148099", Name: "Gemensamt", Kind: RestUnit, Counts: counts(9)},
	}}
}

func TestAnEditionIsTheSameBytesEveryTime(t *testing.T) {
	first, err := WriteEdition(oneEdition())
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		if again, _ := WriteEdition(oneEdition()); !bytes.Equal(first, again) {
			t.Fatal("the same edition is other bytes")
		}
	}
	e, err := ReadEdition(first)
	if err != nil {
		t.Fatal(err)
	}
	made := e.Made()
	// 17 of 36 000 is 4.7222 per 10 000; 50 of the 100 000 in the one district of two that reported is 5.
	for unit, want := range map[string]string{"0114": "4.72", "1480": "5.00", "148001": "5.00"} {
		if got := made[unit][0].String(); got != want {
			t.Errorf("%s: %s, want %s", unit, got, want)
		}
	}
	if low, high, ok := made["0114"][1].Span(); !ok || low.String() != "0.28" || high.String() != "1.11" {
		t.Errorf("the span of 1-4 of 36 000 is %s-%s", low, high)
	}
}

func TestAnEditionHoldsNoSmallCountWhoeverWritesOne(t *testing.T) {
	first, _ := WriteEdition(oneEdition())
	for n := range 4 {
		changed := bytes.Replace(first, []byte("17,"), []byte{byte('1' + n), ','}, 1)
		e, err := ReadEdition(changed)
		if err != nil || !e.Units[0].Counts[0].IsSecret() {
			t.Error(n+1, err)
		}
	}
	if _, err := ReadEdition([]byte(`{"format":"annat"}`)); err == nil {
		t.Error("something else was read as an edition")
	}
}
