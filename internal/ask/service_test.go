package ask

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// service is a server that answers as SCB's or Kolada's does, and remembers what it was asked.
type service struct {
	*httptest.Server
	mu    sync.Mutex
	asked []string
}

func newService(t *testing.T, answer http.HandlerFunc) *service {
	s := &service{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.asked = append(s.asked, r.Method+" "+r.URL.RequestURI())
		s.mu.Unlock()
		answer(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *service) questions() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.asked)
}

// waits are the pauses that a client made, without making them.
type waits struct{ all []time.Duration }

func (w *waits) options() Options {
	at := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	return Options{Now: func() time.Time { return at }, Wait: func(ctx context.Context, d time.Duration) error { w.all = append(w.all, d); return ctx.Err() }}
}

// stranger is a server that nobody may ask.
func stranger(t *testing.T) *service {
	s := newService(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"values":[]}`) })
	t.Cleanup(func() {
		if q := s.questions(); len(q) > 0 {
			t.Errorf("another host was asked: %q", q)
		}
	})
	return s
}

// likeSCB answers as SCB's PxWeb: one number a cell, in the order that was asked for; a code
// that it does not have is 400, and so is more than 150 000 numbers.
func likeSCB(w http.ResponseWriter, r *http.Request) {
	var q struct {
		Selection []struct {
			Variable string   `json:"variableCode"`
			Codes    []string `json:"valueCodes"`
		} `json:"selection"`
	}
	refuse := func(title string) {
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, `{"type":"Parameter error","title":%q,"status":400}`, title)
	}
	if r.Method != http.MethodPost || json.NewDecoder(r.Body).Decode(&q) != nil || r.URL.Query().Get("outputFormat") != "json-stat2" {
		refuse("Bad request")
		return
	}
	has := map[string]map[string][]string{
		"/api/v2/tables/TAB5557/data": {"Civilstand": {"SC"}, "Kon": {"TotSa", "1", "2"}, "ContentsCode": {"000007ME"}, "Tid": {"2025"}, "Alder": {"TotSA", "-9", "10-14", "15", "16", "17"}},
		"/api/v2/tables/TAB638/data":  {"Civilstand": {"OG", "G", "SK", "ÄNKL"}, "Kon": {"1", "2"}, "ContentsCode": {"BE0101N1", "BE0101N2"}, "Tid": {"2023", "2024"}},
	}[r.URL.Path]
	if has == nil {
		http.NotFound(w, r)
		return
	}
	cells := 1
	id, size, dimension := []string{}, []int{}, map[string]any{}
	for _, s := range q.Selection {
		index := map[string]int{}
		for i, code := range s.Codes {
			if known := has[s.Variable]; known != nil && !slices.Contains(known, code) || code == "9999" {
				refuse("Missing or unknown value code " + code)
				return
			}
			index[code] = i
		}
		cells *= len(s.Codes)
		id, size = append(id, s.Variable), append(size, len(s.Codes))
		dimension[s.Variable] = map[string]any{"label": s.Variable, "category": map[string]any{"index": index}}
	}
	if cells > 150_000 {
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprint(w, `{"title":"Too many cells selected","status":403}`)
		return
	}
	values := make([]int, cells)
	for i := range values {
		values[i] = 10
	}
	if strings.Contains(r.URL.Path, "TAB5557") { // the ages are the third variable
		for i := range values {
			values[i] = []int{1000, 100, 50, 11, 12, 13}[i%6]
		}
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"version": "2.0", "class": "dataset", "id": id, "size": size, "dimension": dimension,
		"value": values, "updated": "2026-02-20T07:00:00Z", "extension": map[string]any{"px": map[string]any{"tableid": strings.Split(r.URL.Path, "/")[4]}}})
}

// likeKolada answers as Kolada's version 3: pages, 422 for more than 25 ids, null, status,
// taken away and rows that are not there.
func likeKolada(s **service) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		parts := strings.Split(strings.TrimPrefix(r.URL.Path, "/v3/"), "/")
		for _, part := range parts {
			if strings.Count(part, ",") >= 25 {
				w.WriteHeader(http.StatusUnprocessableEntity)
				fmt.Fprint(w, `{"detail":[{"loc":["path"],"msg":"List should have at most 25 items","type":"too_long"}]}`)
				return
			}
		}
		switch parts[0] {
		case "kpi":
			koladaKPIs(w, r, parts)
		case "data":
			koladaData(w, r, parts, (*s).URL)
		default:
			fmt.Fprint(w, `{"count":0,"next_url":null,"previous_url":null,"values":[]}`)
		}
	}
}

func koladaKPIs(w http.ResponseWriter, r *http.Request, parts []string) {
	all := [][2]string{{"U99901", "Ärenden med våldsutsatta vuxna, aktualiserade"}, {"U99902", "Ärenden med våldsutsatta vuxna, insats"}, {"N00000", "Invånare"}}
	var rows []string
	for _, x := range all {
		if len(parts) > 1 && !slices.Contains(strings.Split(parts[1], ","), x[0]) || !strings.Contains(x[1], r.URL.Query().Get("title")) {
			continue
		}
		rows = append(rows, fmt.Sprintf(`{"id":%q,"title":%q,"is_divided_by_gender":false,"municipality_type":"K"}`, x[0], x[1]))
	}
	fmt.Fprintf(w, `{"count":%d,"next_url":null,"previous_url":null,"values":[%s]}`, len(rows), strings.Join(rows, ","))
}

// koladaData has a page for each ten municipalities.
func koladaData(w http.ResponseWriter, r *http.Request, parts []string, self string) {
	page, _ := strconv.Atoi(r.URL.Query().Get("page"))
	ids := strings.Split(parts[4], ",")
	from := min(10*max(page-1, 0), len(ids))
	till := min(from+10, len(ids))
	var rows []string
	for _, id := range ids[from:till] {
		value := `{"gender":"T","count":1,"status":"","value":31.3,"isdeleted":false}`
		switch id {
		case "0002":
			continue // no row
		case "0003":
			value = `{"gender":"T","count":1,"status":"","value":null,"isdeleted":false}`
		case "0004":
			value = `{"gender":"T","count":0,"status":"Sekretess","value":null,"isdeleted":false}`
		case "0005":
			value = `{"gender":"T","count":1,"status":"","value":7.5,"isdeleted":true}`
		case "0006":
			value = `{"gender":"K","count":1,"status":"","value":1,"isdeleted":false},{"gender":"T","count":1,"status":"","value":0,"isdeleted":false}`
		}
		rows = append(rows, fmt.Sprintf(`{"kpi":%q,"municipality":%q,"period":%s,"values":[%s]}`, parts[2], id, parts[6], value))
	}
	next := "null"
	if till < len(ids) {
		// As behind a proxy: http, and with the host that was asked for.
		next = strconv.Quote(self + r.URL.Path + "?page=" + strconv.Itoa(max(page, 1)+1))
	}
	fmt.Fprintf(w, `{"count":%d,"next_url":%s,"previous_url":null,"values":[%s]}`, len(ids), next, strings.Join(rows, ","))
}
