package report

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"foljsam/internal/chart"
	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
	"foljsam/internal/query"
)

// Every table of the report has words of its own in every language, and every place in
// them names categories that the table has.
func TestEveryTableHasWordsThatFitIt(t *testing.T) {
	rel := releases(t)["nation"]
	for _, lang := range locale.Staff {
		p := locale.For(lang)
		for _, r := range rel.Tables {
			if !p.Has("sentence."+r.ID()) || !p.Has("base."+r.ID()) {
				t.Errorf("%s: the table %s has no sentence or no base", lang, r.ID())
			}
			for _, key := range []string{"sentence." + r.ID(), "sentence." + r.ID() + ".2", "sentence." + r.ID() + ".diff", "note." + r.ID(), "baseline." + r.ID()} {
				if !p.Has(key) {
					continue
				}
				if s, bad := tell(rel, r, p).fill(key); bad == unfit && !strings.HasPrefix(r.ID(), "risk") {
					t.Errorf("%s: a place in %s names nothing in the table: %s", lang, key, s)
				}
				checkSums(t, r, key, p.T(key))
			}
		}
	}
}

// checkSums demands that only categories that exclude each other are added up.
func checkSums(t *testing.T, r *disclosure.Released, key, text string) {
	t.Helper()
	dims := r.Table().Dims
	for _, m := range place.FindAllStringSubmatch(text, -1) {
		if strings.Contains(m[2], "+") && !dims[len(dims)-1].Parts {
			t.Errorf("%s adds up categories that a case can have several of: %s", key, m[0])
		}
	}
}

// A sentence is whole: no place left, no key shown, no mark, one full stop at the end.
func TestEverySentenceIsWhole(t *testing.T) {
	broken := regexp.MustCompile(`[{}⟦⟧]|  | \.|\.\.\.|NaN|Inf|%!`)
	each(t, func(t *testing.T, rel *disclosure.Release, lang locale.Lang, _ string) {
		for _, r := range rel.Tables {
			if r.Split().ID != "" {
				continue
			}
			x := tell(rel, r, locale.For(lang))
			s, _ := x.sentence()
			for _, s := range []string{s, x.difference(), x.note(), x.baseLine(), x.missing(), x.withheld()} {
				if m := broken.FindString(strings.ReplaceAll(s, "(..)", "(0)")); m != "" || s != "" && !strings.HasSuffix(s, ".") {
					t.Errorf("%s: %q is not a whole sentence", r.ID(), s)
				}
			}
			if s == "" {
				t.Errorf("%s says nothing", r.ID())
			}
		}
	})
}

// The report's own figures, told as the report tells them.
func TestSentencesAsTheReportTellsThem(t *testing.T) {
	n := counted{
		"*": 3070, "v67": 2916, "v67=1": 991, "v67=2": 1341, "v67=3": 584,
		"v59=1&v67": 300, "v59=1&v67=3": 111, "v59=2&v67": 2400, "v59=2&v67=3": 432,
	}
	rel := n.release(t, disclosure.Internal, "d07", "x_v59_v67")
	for lang, want := range map[locale.Lang][]string{
		locale.Swedish: {
			"I 66 procent av de 2\u00a0916 ärenden där våldets grad är registrerad bedöms våldet vara grovt eller mycket grovt, i 20 procent mycket grovt.",
			"Våldet bedöms vara mycket grovt i 37 procent av de 300 ärendena i hederskontext, mot 18 procent av de 2\u00a0400 där våldet inte är hedersrelaterat.",
		},
		locale.English: {
			"In 66 percent of the 2,916 cases where the degree of violence is registered the violence is judged to be severe or very severe, in 20 percent very severe.",
			"The violence is judged to be very severe in 37 percent of the 300 cases in an honour context, against 18 percent of the 2,400 where the violence is not honour-related.",
		},
	} {
		for i, r := range rel.Tables {
			if got, own := tell(rel, r, locale.For(lang)).sentence(); got != want[i] || !own {
				t.Errorf("%s:\n got %s\nwant %s", r.ID(), got, want[i])
			}
		}
	}
}

func TestWhatIsHiddenFewOrNotThereIsSaid(t *testing.T) {
	for _, c := range []struct {
		name   string
		counts counted
		of     disclosure.Audience
		want   string
	}{
		{"none", counted{"*": 10}, disclosure.Internal, "Det finns inget ärende där våldets grad är registrerad."},
		{"one", counted{"*": 10, "v67": 1, "v67=2": 1}, disclosure.Internal,
			"Få ärenden: det finns bara 1 ärende där våldets grad är registrerad. Antal: ”Grovt” 1."},
		{"few", counted{"*": 50, "v67": 19, "v67=1": 12, "v67=2": 4, "v67=3": 3}, disclosure.Internal,
			"Få ärenden: det finns bara 19 ärenden där våldets grad är registrerad. Antal: ”Ej grovt” 12, ”Grovt” 4 och ”Mycket grovt” 3."},
		{"twenty", counted{"*": 50, "v67": 20, "v67=1": 12, "v67=2": 4, "v67=3": 4}, disclosure.Internal,
			"I 40 procent av de 20 ärenden där våldets grad är registrerad bedöms våldet vara grovt eller mycket grovt, i 20 procent mycket grovt."},
		{"hidden", counted{"*": 100, "v67": 100, "v67=1": 60, "v67=2": 37, "v67=3": 3}, disclosure.Publication,
			"Antal 1–4 är dolda (..); det största tal som visas är ”Ej grovt”, i 60 procent av de 100 ärenden där våldets grad är registrerad."},
		{"nearly all", counted{"*": 1000, "v67": 1000, "v67=2": 998, "v67=3": 2}, disclosure.Internal,
			"I 100 procent av de 1\u00a0000 ärenden där våldets grad är registrerad bedöms våldet vara grovt eller mycket grovt, i mindre än 1 procent mycket grovt."},
	} {
		rel := c.counts.release(t, c.of, "d07")
		if got, _ := tell(rel, rel.Tables[0], locale.For(locale.Swedish)).sentence(); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

// A table that nobody has written words for, such as one of a local variable, says what
// can be said of any.
func TestLocalTablesAreTold(t *testing.T) {
	yes, no := query.Local("polisanmald", 1), query.Local("polisanmald", 2)
	all := query.Local("polisanmald", -1)
	table := &query.Table{ID: "lokal_polisanmald", Title: codebook.Label{Text: codebook.Text{"sv": "Polisanmäld?"}},
		Dims: []query.Dim{{ID: "polisanmald", Parts: true, Cats: []query.Cat{
			{ID: "1", Label: codebook.Label{Key: "cat.ja"}, Set: yes}, {ID: "2", Label: codebook.Label{Key: "cat.nej"}, Set: no}}}},
		Cells: []query.Cell{{Set: yes, Base: all}, {Set: no, Base: all}}}
	for want, n := range map[string]counted{
		"Vanligast är ”Nej”, i 70 procent av de 100 ärenden där uppgiften är registrerad.":          {all.String(): 100, yes.String(): 30, no.String(): 70},
		"Vanligast är ”Ja” och ”Nej”, i 50 procent av de 100 ärenden där uppgiften är registrerad.": {all.String(): 100, yes.String(): 50, no.String(): 50},
		"Det finns inget ärende där uppgiften är registrerad.":                                      {},
	} {
		rel, err := disclosure.New(&disclosure.About{Codebook: codebook.Default()}, []disclosure.Part{{Split: query.Whole(), Tables: []*query.Table{table}, Counts: n}})
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := tell(rel, rel.Tables[0], locale.For(locale.Swedish)).sentence(); got != want {
			t.Errorf("\n got %s\nwant %s", got, want)
		}
		if page := render(t, rel, locale.Swedish); !strings.Contains(page, `id="lokal_polisanmald"`) {
			t.Error("the local table is in no chapter")
		}
	}
}

// What is missing is counted from the cases that could have been there.
func TestMissingIsOfTheRightCases(t *testing.T) {
	n := counted{"*": 3070, "v256": 2456, "!v256": 614, "v67": 2916, "v256&v257": 2421, "v202": 836}
	rel := n.release(t, disclosure.Internal, "d01", "d07", "d14", "d16", "d18", "d26")
	want := []string{"", "154 ärenden ingår inte: uppgiften är inte registrerad.", "35 ärenden ingår inte: uppgiften är inte registrerad.",
		"614 ärenden ingår inte: de är inte avslutade.",
		"2\u00a0234 ärenden ingår inte: klienten har inte svarat på frågan. Enkäten besvaras när ärendet avslutas; ännu inte avslutade ärenden i materialet: 614.", ""}
	for i, r := range rel.Tables {
		if got := tell(rel, r, locale.For(locale.Swedish)).missing(); got != want[i] {
			t.Errorf("%s: %q, want %q", r.ID(), got, want[i])
		}
	}
}

// A part is compared with the rest, not with the whole that holds it.
func TestProfileIsComparedWithTheRest(t *testing.T) {
	part := sum{count: 56, base: 70}
	all := sum{count: 104, base: 150}
	rest := all.without(part)
	if rest.count != 48 || rest.base != 80 {
		t.Fatalf("the rest is %d of %d", rest.count, rest.base)
	}
	e, ok := compare(&disclosure.Release{}, part, rest) // Newcombe's example a: 0.0524 to 0.3339
	if p := locale.For(locale.English); !ok || signed(p, e.Low.Float(), 1) != "5.2" || signed(p, e.High.Float(), 1) != "33.4" {
		t.Errorf("%v to %v", e.Low.Float(), e.High.Float())
	}
}

// counted are counts by the name of the set; what is not there is 0.
type counted map[string]int64

func (c counted) Count(_ int, s query.Set) int64                { return c[s.String()] }
func (c counted) Sum(_ int, s query.Set, _ query.Numeric) int64 { return c[s.String()] }

func (c counted) release(t *testing.T, of disclosure.Audience, ids ...string) *disclosure.Release {
	t.Helper()
	return c.releaseAs(t, &disclosure.About{Audience: of, Codebook: codebook.Default()}, ids...)
}

func (c counted) releaseAs(t *testing.T, about *disclosure.About, ids ...string) *disclosure.Release {
	t.Helper()
	cb := codebook.Default()
	var tables []*query.Table
	for _, id := range ids {
		for _, x := range query.Report(cb) {
			if x.ID == id {
				tables = append(tables, x)
			}
		}
	}
	rel, err := disclosure.New(about, []disclosure.Part{{Split: query.Whole(), Tables: tables, Counts: c}})
	if err != nil {
		t.Fatal(err)
	}
	return rel
}

// A difference is that of the shares beside it as they are written.
func TestDifferencesAddUpAsWritten(t *testing.T) {
	n := counted{"*": 2692, "v59=1&v67": 284, "v59=1&v67=3": 168, "v59=2&v67": 2405, "v59=2&v67=3": 513}
	rel := n.release(t, disclosure.Internal, "x_v59_v67")
	got := tell(rel, rel.Tables[0], locale.For(locale.Swedish)).difference()
	if want := "Skillnaden är 37,9 procentenheter (59,2 mot 21,3 procent; "; !strings.HasPrefix(got, want) {
		t.Errorf("got %s", got)
	}
}

// In what is published no sentence has two numbers that a few are left between.
func TestNoSentenceLeavesAFewToBeWorkedOut(t *testing.T) {
	p := locale.For(locale.Swedish)
	for few, both := range map[int64]bool{1: false, 2: false, 4: false, 5: true, 7: true} {
		n := counted{"*": 100, "v256": 70, "!v256": 30, "v202": 70 - few, "v127=1,2,3,4,5,6,7,8,9": 80, "v127": 100 - few, "v127=0": 20 - few, "v67": 100 - few}
		for _, of := range []disclosure.Audience{disclosure.Internal, disclosure.Publication} {
			rel := n.release(t, of, "d01", "d07", "d12", "d13", "d18")
			if s := tell(rel, rel.Table("", "d07"), p).missing(); strings.Contains(s, "är dolt") == (both || of == disclosure.Internal) {
				t.Errorf("%d are left, audience %d: %s", few, of, s)
			}
			if s := chart.Missing(rel, rel.Table("", "d07"), 0, p); strings.Contains(s, p.Int(few)+" ") != (both || of == disclosure.Internal) {
				t.Errorf("%d are left, audience %d, beside the diagram: %s", few, of, s)
			}
			for id, open := range map[string]string{"d18": "materialet: 30", "d12": "i " + p.Int(few) + " är frågan"} {
				if s := tell(rel, rel.Table("", id), p).missing(); strings.Contains(s, open) != (both || of == disclosure.Internal) || strings.Contains(s, "är dolt") {
					t.Errorf("%d are left, audience %d: %s", few, of, s)
				}
			}
		}
	}
}

// Where the base is hidden so that nothing can be worked out, the counts that may be shown are told
// and drawn, and nobody is told that they are hidden.
func TestCountsAreToldWhereOnlyTheBaseIsHidden(t *testing.T) {
	n := counted{"*": 134, "v118": 113, "v256": 125, "!v256": 9, "v256&v257": 123, "v192&v256": 102, "v256&v257=1": 43, "v256&v257=2": 10, "v256&v257=3": 39, "v256&v257=4": 22, "v256&v257=5": 9, "!v257&v256": 2, "v256&!v257": 2}
	p := locale.For(locale.Swedish)
	rel := n.releaseAs(t, &disclosure.About{Audience: disclosure.Publication, Codebook: codebook.Default(), OnlyPrimary: true, WithinTables: true}, "d01", "d14")
	r := rel.Table("", "d14")
	if r.Base(0, 0).IsNumber() {
		t.Fatal("the base is not hidden: the test says nothing")
	}
	if s, own := tell(rel, r, p).sentence(); own || !strings.Contains(s, "43 ärenden") || strings.Contains(s, "Talen är dolda") {
		t.Error(s)
	}
	if d := chart.Of(r, 0, p); !slices.Contains(d.Notes, "Antal i stället för procent, eftersom basen är dold.") || !strings.Contains(d.Describe(), " 43;") {
		t.Error(d.Notes, d.Describe())
	}
}
