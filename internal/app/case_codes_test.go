package app

import (
	"testing"

	"foljsam/internal/fault"
)

func TestCodesThatSomebodyElseCorrectedMeanwhileAreAConflict(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	other := h.colleague(t, w, "bo", w.Units[0].ID)
	id := h.open(t, w, "24-071", nil)
	if _, err := h.Recode(t.Context(), other, id, 1, "24-017", "K-1"); err != nil {
		t.Fatal(err)
	}
	_, err := h.Recode(t.Context(), w.Actor, id, 1, "24-117", "K-1")
	if fault.KindOf(err) != fault.Conflict {
		t.Errorf("the other's correction was written over: %v", err)
	}
	same, err := h.Recode(t.Context(), w.Actor, id, 1, "24-017", "K-1")
	if err != nil || same.View.Filed.Form.Version != 2 {
		t.Errorf("the same codes are no save: %+v %v", same.View, err)
	}
	s, err := h.Recode(t.Context(), w.Actor, id, 2, "24-117", "K-1")
	if err != nil || s.View.CaseCode != "24-117" || s.View.Filed.Form.Version != 3 {
		t.Errorf("%+v %v", s.View, err)
	}
	if _, err := h.Recode(t.Context(), w.Actor, id, 1, "24-217", "K-1"); fault.KindOf(err) != fault.Conflict {
		t.Error(err)
	}
}

func TestACodeWithCharactersThatDoNotShowIsRefused(t *testing.T) {
	for code, key := range map[string]string{
		"24\x00017": "app.code_characters_client", "24-017\n": "app.code_characters_client", "24\xff": "app.code_characters_client",
		"\u200b": "app.code_missing_client", " ": "app.code_missing_client",
	} {
		if e, ok := checkCodes(NewCase{Case: "24-017", Client: code}).(*fault.Error); !ok || e.Key != key {
			t.Errorf("%q: %v", code, e)
		}
	}
	if err := checkCodes(NewCase{Case: "24–017 Ö", Client: "K‑1"}); err != nil {
		t.Error(err)
	}
}
