package chart

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
	"foljsam/internal/place"
)

func mapOfAll(rate func(i int) disclosure.Rate) Tiles {
	m := Tiles{Title: "Karta", County: place.NameOf}
	for i, a := range place.Municipalities() {
		m.Tiles = append(m.Tiles, Tile{Code: a.Code, Name: a.Short, County: a.County, Rate: rate(i), Address: "/jamfor/" + a.Code})
	}
	return m
}

var tilePlace = regexp.MustCompile(`data-tile="([^"]+)"`)

func TestEveryMunicipalityHasATileOfItsOwn(t *testing.T) {
	svg := mapOfAll(func(int) disclosure.Rate { return disclosure.Rate{} }).SVG(locale.For(locale.Swedish), "karta")
	seen := map[string]bool{}
	for _, m := range tilePlace.FindAllStringSubmatch(svg, -1) {
		if seen[m[1]] {
			t.Errorf("two tiles at %s", m[1])
		}
		seen[m[1]] = true
		var x, y float64
		if _, err := fmt.Sscan(m[1], &x, &y); err != nil || x < 0 || y < 0 || x+1 > tilesWide || y+1 > tilesHigh {
			t.Errorf("a tile is outside: %s", m[1])
		}
	}
	if len(seen) != 290 {
		t.Errorf("%d tiles", len(seen))
	}
}

func TestTilesTellTheStatesApart(t *testing.T) {
	rates := []disclosure.Rate{disclosure.RateOf(disclosure.CountOf(17), 10_000), disclosure.RateOf(disclosure.CountOf(0), 10_000), disclosure.RateOf(disclosure.SecretCount(), 10_000), {}}
	svg := mapOfAll(func(i int) disclosure.Rate { return rates[min(i, 3)] }).SVG(locale.For(locale.Swedish), "karta")
	all := strings.Split(svg, "<a ")[1:5]
	for i, want := range []string{`class="dg-own"`, ">0</text>", ">..</text>", ">-</text>"} {
		if !strings.Contains(all[i], want) {
			t.Errorf("tile %d lacks %s: %s", i, want, all[i])
		}
	}
	if !strings.Contains(all[0], "Upplands Väsby: 17,00") || !strings.Contains(all[2], "mellan 1,00 och 4,00") || !strings.Contains(all[3], "uppgift saknas") {
		t.Error("a tile does not say in words what it has")
	}
}

func TestASeriesSaysWhatIsSecretAndMissing(t *testing.T) {
	s := RateSeries{Title: "Aktualiserade", Years: []int{2021, 2022, 2023, 2024}, Name: "Nora <b>", Beside: "Länet",
		Own: []disclosure.Rate{disclosure.RateOf(disclosure.CountOf(0), 8000), disclosure.RateOf(disclosure.SecretCount(), 8000), {}, disclosure.RateOf(disclosure.CountOf(16), 8000)}, Breaks: []int{2023}}
	svg := s.SVG(locale.For(locale.Swedish), "s", false)
	for _, want := range []string{"2021: 0,00; 2022: .. sekretess, 1–4 ärenden: mellan 1,25 och 5,00; 2023: uppgift saknas; 2024: 20,00", ">..</text>", ">-</text>", `stroke-dasharray="2 4"`, "Nora &lt;b&gt;"} {
		if !strings.Contains(svg, want) {
			t.Errorf("lacks %q", want)
		}
	}
	if strings.Contains(svg, "style=") || strings.Contains(svg, "<b>") {
		t.Error("something inline, or a name that is not escaped")
	}
}
