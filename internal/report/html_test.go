package report

import (
	"strings"
	"sync"
	"testing"

	"foljsam/internal/chart/charttest"
	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
	"foljsam/internal/query"
)

// about is what an invented release says of itself.
func about(of disclosure.Audience) disclosure.About {
	return disclosure.About{
		Audience: of, Read: charttest.Read, Municipalities: 3, Packages: 3, Synthetic: true,
		Coverage: [5]int{0, 0, 0, 1, 2}, Scope: [4]int{0, 1, 0, 2},
		Deliverers: []disclosure.Deliverer{{Code: "0580", Name: "Linköping", Coverage: 4, Scope: 3}, {Code: "0586", Name: "Mjölby", Coverage: 3, Scope: 1}, {Code: "1488", Name: "Åmål", Coverage: 4, Scope: 3}},
	}
}

// releases are the kinds of release that a report must be able to tell, made once.
func releases(t *testing.T) map[string]*disclosure.Release {
	t.Helper()
	all, err := makeReleases()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var makeReleases = sync.OnceValues(func() (map[string]*disclosure.Release, error) {
	towns := charttest.Towns("Linköping", `<script>alert("Mjölby")</script>`, "Åmål")
	kinds := []struct {
		name   string
		cases  int
		of     disclosure.Audience
		splits []query.Split
	}{
		{"nation", 3070, disclosure.Internal, []query.Split{query.Whole()}},
		{"masked", 300, disclosure.Publication, []query.Split{query.Whole()}},
		{"few", 15, disclosure.Internal, []query.Split{query.Whole()}},
		{"hidden", 3, disclosure.Publication, []query.Split{query.Whole()}},
		{"none", 0, disclosure.Internal, []query.Split{query.Whole()}},
		{"split", 300, disclosure.Internal, []query.Split{towns}},
		{"both", 300, disclosure.Publication, []query.Split{query.Whole(), towns}},
	}
	all := map[string]*disclosure.Release{}
	for _, k := range kinds {
		rel, err := charttest.Make(k.cases, len(towns.Units)).Release(about(k.of), k.splits...)
		if err != nil {
			return nil, err
		}
		all[k.name] = rel
	}
	return all, nil
})

func render(t *testing.T, rel *disclosure.Release, lang locale.Lang) string {
	t.Helper()
	var b strings.Builder
	if err := WriteHTML(&b, rel, locale.For(lang)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
