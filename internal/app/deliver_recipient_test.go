package app

import (
	"slices"
	"strings"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/fault"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// pseudonyms gives the pseudonyms of the first case as it leaves to a recipient.
func (h *house) pseudonyms(t *testing.T, by access.Actor, recipient string) []string {
	t.Helper()
	x, err := h.Leaving(t.Context(), by, thisYear(recipient))
	if err != nil {
		t.Fatal(err)
	}
	return x.Files[1].First[0][:2]
}

func TestEachRecipientHasPseudonymsOfItsOwn(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	by := h.coordinator(w)
	h.open(t, w, "A1", map[string]string{"5": "2026-03-01"})
	skr, err := h.AddRecipient(t.Context(), by, " Läns  styrelsen ")
	if err != nil {
		t.Fatal(err)
	}
	for _, same := range []string{"Läns styrelsen", "LÄNSSTYRELSEN", "La\u0308nsstyrelsen", "läns\u00a0styrelsen"} {
		if _, err := h.AddRecipient(t.Context(), by, same); fault.KeyOf(err) != "store.recipient_taken" {
			t.Errorf("%q: %v", same, err)
		}
	}
	for _, wrong := range []string{" ", strings.Repeat("å", 101)} {
		if _, err := h.AddRecipient(t.Context(), by, wrong); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%q: %v", wrong, err)
		}
	}
	a, again, b := h.pseudonyms(t, by, skr), h.pseudonyms(t, by, skr), h.pseudonyms(t, by, National)
	if !slices.Equal(a, again) || a[0] == b[0] || a[1] == b[1] {
		t.Error(a, again, b)
	}
	all, err := h.Recipients(t.Context(), by)
	if err != nil || len(all) != 2 || all[0].Name != "Läns styrelsen" || all[1].ID != National {
		t.Errorf("%+v %v", all, err)
	}
	worker := h.colleague(t, w, "bok", w.Units[0].ID)
	if _, err := h.AddRecipient(t.Context(), worker, "Polisen"); fault.KindOf(err) != fault.Refused {
		t.Error(err)
	}
}

// The pseudonyms under which a register's cases left to names that somebody typed, before there were ids,
// are those under which they leave now. The expected ones are made as the program made them
// then: by the name in small letters.
func TestRecipientsThatWereNamesKeepTheirPseudonyms(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	by := h.coordinator(w)
	h.open(t, w, "A1", map[string]string{"5": "2026-03-01"})
	r, err := h.store.Register(t.Context(), w.Register)
	if err != nil {
		t.Fatal(err)
	}
	err = r.Write(t.Context(), func(tx *store.Tx) error {
		for i, name := range []string{"Länsstyrelsen i Örebro", "LÄNSSTYRELSEN i Örebro", "Läns styrelsen i Örebro", "National compilation", "nationell sammanställning"} {
			if err := tx.AddDelivery(store.Delivery{ID: string(rune('a' + i)), At: h.time, Person: "p", Recipient: name}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	all, err := h.Recipients(t.Context(), by)
	if err != nil || len(all) != 4 {
		t.Fatalf("%+v %v", all, err)
	}
	out, err := h.Outgoing(t.Context(), by, dayOf(2026, 1, 1), dayOf(2026, 12, 31), false)
	if err != nil {
		t.Fatal(err)
	}
	for name, key := range map[string]string{"Länsstyrelsen i Örebro": "länsstyrelsen i örebro", "Läns styrelsen i Örebro": "läns styrelsen i örebro", "National compilation": "national compilation", "Nationell sammanställning": "nationell sammanställning"} {
		i := slices.IndexFunc(all, func(x Recipient) bool { return x.Name == name })
		if i < 0 {
			t.Errorf("%s is not kept: %+v", name, all)
			continue
		}
		before, err := r.LeavingPseudonyms(key)
		if err != nil {
			t.Fatal(err)
		}
		want := []string{before(record.OfTheCase, out.Cases[0].ID), before(record.OfTheClient, out.Cases[0].Client)}
		if got := h.pseudonyms(t, by, all[i].ID); !slices.Equal(got, want) {
			t.Errorf("%s: %v, before %v", name, got, want)
		}
	}
	again, err := h.Recipients(t.Context(), by)
	if err != nil || !slices.Equal(all, again) {
		t.Error("they are kept anew:", again, err)
	}
}
