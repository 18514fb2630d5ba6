package app

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/record"
)

func thisYear(recipient string) DeliveryAsk {
	return DeliveryAsk{Recipient: recipient, From: dayOf(2026, 1, 1), Till: dayOf(2026, 12, 31), Scope: 3, Coverage: 4}
}

// toSKR is a recipient beside the one that every register has.
func (h *house) toSKR(t *testing.T, by access.Actor) DeliveryAsk {
	t.Helper()
	id, err := h.AddRecipient(t.Context(), by, "SKR")
	if err != nil {
		t.Fatal(err)
	}
	return thisYear(id)
}

// filesIn gives the files of a zip by name.
func filesIn(t *testing.T, pack []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(pack), int64(len(pack)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(b)
	}
	return all
}

func TestWhatLeavesIsWhatWasLookedAt(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	by := h.coordinator(w)
	by.Confirmed = h.time
	for _, code := range []string{"ARENDE-1", "ARENDE-2", "ARENDE-3"} {
		h.open(t, w, code, map[string]string{"5": "2026-03-01", "14": "1", "15": "34", "insats.1.118": "3|4", "insats.1.117": "2026-03-02", "217": "Ring mig på 070-123 45 67"})
	}
	h.open(t, w, "A4", map[string]string{"5": "2025-03-01"}) // another year
	h.open(t, w, "A5", map[string]string{"14": "1"})         // no day of intake
	ask := thisYear(National)
	seen, err := h.Leaving(t.Context(), by, ask)
	if err != nil {
		t.Fatal(err)
	}
	if seen.Cases.N() != 3 || seen.To.Name != "Nationell sammanställning" || len(seen.Files) != 4 || len(seen.Files[1].First) != 3 {
		t.Fatalf("%+v", seen)
	}
	ask = seen.Ask
	id, err := h.Deliver(t.Context(), by, ask, seen.Hash)
	if err != nil {
		t.Fatal(err)
	}
	_, file, err := h.TakenOut(t.Context(), by, id)
	if err != nil {
		t.Fatal(err)
	}
	left := filesIn(t, file)
	for _, f := range seen.Files[1:] {
		rows := strings.Split(strings.TrimSpace(left[f.Name]), "\n")
		if rows[0] != strings.Join(f.Head, ",") || len(rows) != 1+len(f.First) {
			t.Errorf("%s: %v, shown %v", f.Name, rows, f)
		}
		for i, row := range f.First {
			if rows[i+1] != strings.Join(row, ",") {
				t.Errorf("%s left, %v was shown", rows[i+1], row)
			}
		}
	}
	var described struct {
		Coverage int              `json:"tackning"`
		Scope    int              `json:"omfattning"`
		Proof    audit.SignedHead `json:"logg"`
	}
	if err := json.Unmarshal([]byte(left["datapackage.json"]), &described); err != nil || described.Coverage != 4 || described.Scope != 3 || described.Proof.Seq == 0 || described.Proof.Signature == "" {
		t.Errorf("%+v %v", described, err)
	}
	for _, secret := range []string{"ARENDE-1", "070-123", "Ring", by.Person.ID, w.Units[0].ID} {
		if bytes.Contains(file, []byte(secret)) || slices.ContainsFunc(seen.Files, func(f LeavingFile) bool { return strings.Contains(left[f.Name], secret) }) {
			t.Errorf("%s left the house", secret)
		}
	}
	all, err := h.Deliveries(t.Context(), by)
	if err != nil || len(all) != 1 || all[0].Cases.N() != 3 || all[0].Recipient != "Nationell sammanställning" || len(all[0].Hash) != 64 {
		t.Errorf("%+v %v", all, err)
	}
	acts := h.acts(t, w.Register)
	if !slices.Contains(acts, audit.SawDelivery) || acts[len(acts)-1] != audit.Delivered {
		t.Error(acts)
	}
	other := h.coordinator(w)
	other.Person.ID = "other"
	if _, _, err := h.TakenOut(t.Context(), other, id); fault.KindOf(err) != fault.NotFound {
		t.Error("somebody else gets the file:", err)
	}
	h.time = h.time.Add(waitsFor)
	if _, _, err := h.TakenOut(t.Context(), by, id); fault.KindOf(err) != fault.NotFound {
		t.Error("the file is still there:", err)
	}
	// A compilation reads it.
	path := filepath.Join(t.TempDir(), "uttag.zip")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	if p, problems := readPackage(t, path); len(problems) != 0 || p.Batch.Len() != 3 {
		t.Errorf("%d cases, %+v", p.Batch.Len(), problems)
	}
}

func TestNothingLeavesThatHasChangedSince(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	by := h.coordinator(w)
	by.Confirmed = h.time
	id := h.open(t, w, "A1", map[string]string{"5": "2026-03-01"})
	seen, err := h.Leaving(t.Context(), by, h.toSKR(t, by))
	if err != nil {
		t.Fatal(err)
	}
	h.save(t, w.Actor, id, "14", "2", 0)
	if _, err := h.Deliver(t.Context(), by, seen.Ask, seen.Hash); fault.KindOf(err) != fault.Conflict {
		t.Error(err)
	}
	if all, err := h.Deliveries(t.Context(), by); len(all) != 0 || err != nil {
		t.Error(all, err)
	}
}

func TestFreeTextLeavesOnlyWhenItIsAskedForAndRead(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	by := h.coordinator(w)
	by.Confirmed = h.time
	id := h.open(t, w, "A1", map[string]string{"5": "2026-03-01", "217": "Ring mig på 070-123 45 67"})
	if _, err := h.Save(t.Context(), w.Actor, id, []Edit{{Field: "14", Answer: record.Answer{Value: "1", Comment: "sade hon"}}}); err != nil {
		t.Fatal(err)
	}
	ask := h.toSKR(t, by)
	ask.Texts = true
	x, err := h.Leaving(t.Context(), by, ask)
	if err != nil {
		t.Fatal(err)
	}
	if len(x.Odd) != 1 || x.Odd[0].Variable != "v217" || x.Odd[0].Sorts[0] != record.Telephone {
		t.Errorf("%+v", x.Odd)
	}
	if _, err := h.Deliver(t.Context(), by, x.Ask, x.Hash); fault.KindOf(err) != fault.Invalid {
		t.Error(err)
	}
	x.Ask.TextsRead = true
	id, err = h.Deliver(t.Context(), by, x.Ask, x.Hash)
	if err != nil {
		t.Fatal(err)
	}
	_, file, err := h.TakenOut(t.Context(), by, id)
	if err != nil {
		t.Fatal(err)
	}
	rows := strings.Split(strings.TrimSpace(filesIn(t, file)["fritext.csv"]), "\n")
	if len(rows) != 3 || rows[0] != "arende,variabel,text" || !strings.HasSuffix(rows[1], ",v14,sade hon") || !strings.HasSuffix(rows[2], ",v217,Ring mig på 070-123 45 67") {
		t.Error(rows)
	}
}

func TestOnlyACoordinatorWhoShowsWhoTheyAreLetsAnythingLeave(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	h.open(t, w, "A1", map[string]string{"5": "2026-03-01"})
	worker := h.colleague(t, w, "bok", w.Units[0].ID)
	if _, err := h.Leaving(t.Context(), worker, thisYear(National)); fault.KindOf(err) != fault.Refused {
		t.Error(err)
	}
	if _, err := h.Deliver(t.Context(), worker, thisYear(National), ""); fault.KindOf(err) != fault.Refused {
		t.Error(err)
	}
	by := h.coordinator(w)
	by.Confirmed = h.time.AddDate(0, 0, -1)
	if _, err := h.Deliver(t.Context(), by, thisYear(National), ""); keyOf(err) != "account.confirm_first" {
		t.Error(err)
	}
	for _, wrong := range []func(*DeliveryAsk){
		func(a *DeliveryAsk) { a.Recipient = "" }, func(a *DeliveryAsk) { a.Recipient = "SKR" }, func(a *DeliveryAsk) { a.From = record.NoDay },
		func(a *DeliveryAsk) { a.Till = a.From - 1 }, func(a *DeliveryAsk) { a.Scope = 4 }, func(a *DeliveryAsk) { a.Coverage = 0 }, func(a *DeliveryAsk) { a.From, a.Till = dayOf(2001, 1, 1), dayOf(2001, 2, 1) },
	} {
		ask := thisYear(National)
		wrong(&ask)
		if _, err := h.Leaving(t.Context(), by, ask); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%+v: %v", ask, err)
		}
	}
}
