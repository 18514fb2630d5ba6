package app

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/exchange"
	"foljsam/internal/fault"
)

// outside is a server that answers as SCB's for any municipalities (1000 people of whom 814
// are adults), and as Kolada's for one key figure.
func outside(t *testing.T) (*httptest.Server, *int) {
	asked := 0
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		if strings.HasPrefix(r.URL.Path, "/v3/data") {
			fmt.Fprint(w, `{"values":[{"kpi":"U1","municipality":"0114","period":2025,"values":[{"gender":"T","count":1,"status":"","value":9.87,"isdeleted":false}]}]}`)
			return
		}
		if strings.HasPrefix(r.URL.Path, "/v3/") {
			fmt.Fprint(w, `{"values":[{"id":"U1","title":"Ärenden, våldsutsatta vuxna"}]}`)
			return
		}
		var q struct {
			Selection []exchange.SCBSelected `json:"selection"`
		}
		if err := json.NewDecoder(r.Body).Decode(&q); err != nil {
			t.Error(err)
		}
		ids, size, dims, cells := []string{}, []int{}, map[string]any{}, 1
		for _, x := range q.Selection {
			ids, size, cells = append(ids, x.Variable), append(size, len(x.Codes)), cells*len(x.Codes)
			dims[x.Variable] = map[string]any{"category": map[string]any{"index": x.Codes}}
		}
		values := make([]int, cells)
		for i := range values {
			values[i] = []int{1000, 100, 50, 11, 12, 13}[i%6]
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"class": "dataset", "id": ids, "size": size, "dimension": dims, "value": values})
	}))
	t.Cleanup(s.Close)
	return s, &asked
}

func TestNothingOutsideIsAskedWithoutAnAddress(t *testing.T) {
	h := newHouse(t, false)
	w := h.collects(t)
	if scb, kolada := h.Services(); scb || kolada {
		t.Error("there are services")
	}
	_, err := h.AskPeople(t.Context(), w.Actor, 2025)
	_, err2 := h.KoladaKPIs(t.Context(), w.Actor, "våld")
	if fault.KeyOf(err) != "ask.no_address" || fault.KeyOf(err2) != "ask.no_address" {
		t.Error(err, err2)
	}
}

func TestThePeopleAreAskedForWhenSomebodyWantsIt(t *testing.T) {
	h := newHouse(t, false)
	w := h.collects(t)
	server, asked := outside(t)
	s, err := Outside{SCB: server.URL + "/api/v2", Kolada: server.URL + "/v3"}.Services()
	if err != nil {
		t.Fatal(err)
	}
	h.App.services = s
	if _, err := h.AskPeople(t.Context(), access.Actor{}, 2025); err == nil || *asked != 0 {
		t.Error("a stranger may ask", err, *asked)
	}
	in, err := h.AskPeople(t.Context(), w.Actor, 2025)
	if err != nil || in.Taken != 290 || len(in.Problems) > 0 || *asked != 1 {
		t.Fatalf("%+v %v after %d questions", in, err, *asked)
	}
	if in, err = h.AskPeople(t.Context(), w.Actor, 2025); err != nil || in.Same != 290 || in.Taken != 0 {
		t.Errorf("%+v %v", in, err)
	}
	units, err := h.NationUnits(t.Context(), w.Actor)
	if err != nil {
		t.Fatal(err)
	}
	x := units[0].Years[0]
	if x.Adults != 814 || x.Inhabitants != 1000 || x.Source != "SCB" || x.Table != "TAB5557" || x.Method != string(exchange.Subtracted) || x.Taken.IsZero() {
		t.Errorf("%+v", x)
	}
	found, err := h.KoladaKPIs(t.Context(), w.Actor, "våld")
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	table, err := h.KoladaValues(t.Context(), w.Actor, found, []string{"0114"}, []int{2025})
	if err != nil || table.At("U1", "0114", 2025).Value != 9.87 {
		t.Error(table, err)
	}
	found[0].Title = "Något annat"
	if _, err := h.KoladaValues(t.Context(), w.Actor, found, []string{"0114"}, []int{2025}); fault.KeyOf(err) != "ask.kpi_changed" {
		t.Error(err)
	}
}

func TestAnAddressOutsideIsLookedAtBeforeTheStart(t *testing.T) {
	for _, o := range []Outside{{SCB: "http://scb.example"}, {Kolada: "kolada"}, {SCB: "https://scb.example", Proxy: "proxy"}} {
		if _, err := o.Services(); err == nil {
			t.Errorf("%+v", o)
		}
	}
}
