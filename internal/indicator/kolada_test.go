package indicator_test

// The questions and answers of SKR's page on the key figures (published 8 May 2024), one test
// each, in the page's order. Every test quotes what it is about. Where the answer is advice
// and not a rule, the test shows that the rule lets people follow it. Two answers are no rules
// but said on the page of methods, and tested there: who made the key figures, and how they
// differ from Öppna jämförelser (internal/web/kolada_answers_test.go).

import (
	"reflect"
	"strings"
	"testing"

	. "foljsam/internal/indicator"
	"foljsam/internal/record"
)

func day(s string) record.Day {
	if s == "" {
		return record.NoDay
	}
	d, ok := record.ParseDay([]byte(s))
	if !ok {
		panic(s)
	}
	return d
}

// opened is a case of an adult, opened on a day and still open.
func opened(on string) Case {
	return Case{Unit: "0114", Intake: day(on), Closing: record.NoDay, Age: 35, Perpetrators: []int{2}, Honour: 2}
}

func with(c Case, changes ...func(*Case)) Case {
	for _, change := range changes {
		change(&c)
	}
	return c
}

func support(began, ended string) func(*Case) {
	return func(c *Case) { c.Supports = append(c.Supports, Support{Began: day(began), Ended: day(ended)}) }
}

// closed on a day, with how far the goal was met and why it was closed; 0 not registered.
func closed(on string, goal, reason int) func(*Case) {
	return func(c *Case) { c.Closing, c.Goal, c.Reason = day(on), goal, reason }
}

func age(n int) func(*Case) { return func(c *Case) { c.Age = n } }

// counted tells under which key figures a case counts in a year: "1", "12", "23", "".
func counted(c Case, year int) string {
	s := ""
	for i, yes := range Decide(c, year, ByGoal) {
		if yes {
			s += string(rune('1' + i))
		}
	}
	return s
}

func expectCounted(t *testing.T, c Case, want map[int]string) {
	t.Helper()
	for year, figures := range want {
		if got := counted(c, year); got != figures {
			t.Errorf("%d: counts as %q, want %q", year, got, figures)
		}
	}
}

// "Nyckeltalen avser antal ärenden med vuxna (18 år eller äldre) som aktualiserats … fått
// minst en insats … och där ärendet avslutats för att det övergripande målet med insatserna
// har nåtts helt eller delvis."
func TestTheThreeKeyFigures(t *testing.T) {
	c := with(opened("2023-03-01"), support("2023-03-20", ""), closed("2023-11-30", 1, 1))
	expectCounted(t, c, map[int]string{2022: "", 2023: "123", 2024: ""})
	c.Goal = 2
	expectCounted(t, c, map[int]string{2023: "123"})
	for _, goal := range []int{3, 4, 5} { // no change, worse, cannot be judged
		c.Goal = goal
		expectCounted(t, c, map[int]string{2023: "12"})
	}
	expectCounted(t, with(c, age(17)), map[int]string{2023: ""})
	c.Goal = 1
	expectCounted(t, with(c, age(18)), map[int]string{2023: "123"})
	expectCounted(t, with(c, age(NoAge)), map[int]string{2023: "123"})
	expectCounted(t, with(opened("2023-03-01"), closed("2023-11-30", 1, 1)), map[int]string{2023: "1"}) // without support
}

// "I Kolada visas resultaten som antal per 10 000 vuxna invånare. För Stockholm och Göteborg
// redovisas stadsdelsdata."
func TestResultsArePer10000Adults(t *testing.T) {
	rates := ratesOf(t, "0114 2024 38712; 018001 2024 40000", "0114 2024 57; 018001 2024 10")
	expectRates(t, rates, map[string]string{"0114": "14.72", "018001": "2.50", "0180": "2.50"})
}

// "Du behöver inte kunna svara på alla tre nyckeltal för att delta. Det går bra att rapportera
// uppgifter för bara ett eller två av de tre nyckeltalen."
func TestOneOrTwoOfTheThreeIsFine(t *testing.T) {
	r := Return{Unit: "0114", Year: 2024, Counts: [3]Count{CountOf(57), NoCount(), CountOf(0)}}
	var status []Status
	for _, x := range Rates(Reports([]Return{r}), populationOf("0114 2024 38712")) {
		status = append(status, x.Status())
	}
	if want := []Status{Published, Missing, Published}; !reflect.DeepEqual(status, want) {
		t.Errorf("%v, want %v", status, want)
	}
}

// "Stockholm och Göteborgs stads värden är beräknade som ett snitt av stadsdelarna. Snittet är
// ett vägt medel av de rapporterande stadsdelarna (sammanslagna antalsuppgifter dividerat med
// sammanslagna befolkningsuppgifter för stadsdelarna). Medelvärdet beräknas endast om minst
// hälften av stadsdelarna hos respektive kommun har rapporterat in ett värde för varje enskilt
// nyckeltal."
func TestWhatDoTheResultsShow(t *testing.T) {
	const four = "018001 2024 40000; 018002 2024 30000; 018003 2024 20000; 018004 2024 60000"
	for said, want := range map[string]string{
		"018001 2024 10; 018002 2024 8":                  "2.57", // 18 of 70 000, exactly half of the districts
		"018001 2024 10":                                 "saknas",
		"018001 2024 10; 018002 2024 s":                  "sekretess", // a mark is no value, but something was reported
		"018001 2024 10; 018002 2024 8; 018003 2024 s":   "2.57",      // the secret one is in neither sum
		"018001 2024 s; 018002 2024 s":                   "sekretess",
		"018001 2024 s":                                  "saknas",
		"018001 2024 0; 018002 2024 0":                   "0.00",
		"018001 2024 10; 018002 2024 8; 018004 2024 100": "9.08", // 118 of 130 000
		"": "saknas",
	} {
		expectRates(t, ratesOf(t, four, said), map[string]string{"0180": want})
	}
	three := strings.Join(strings.Split(four, "; ")[:3], "; ")
	expectRates(t, ratesOf(t, three, "018001 2024 10"), map[string]string{"0180": "saknas"}) // 1 of 3 is less than half
	expectRates(t, ratesOf(t, three, "018001 2024 10; 018003 2024 5"), map[string]string{"0180": "2.50"})
}

// "Om bara den myndighetsutövande delen har haft möjlighet att lämna uppgifter till
// nyckeltalet, räknas inte insatser som getts utan bistånd in." So the scope stands beside
// every rate.
func TestWhyAreTheResultsSoDifferent(t *testing.T) {
	r := Return{Unit: "0114", Year: 2024, Counts: [3]Count{CountOf(57), SecretCount(), CountOf(0)}, Scope: Authority}
	for _, x := range Rates(Reports([]Return{r}), populationOf("0114 2024 38712")) {
		if x.Scope != Authority {
			t.Errorf("key figure %d: scope %d is not beside the rate", x.Figure, x.Scope)
		}
	}
	city := populationOf("018001 2024 40000; 018002 2024 30000; 018003 2024 1000")
	for want, scopes := range map[Scope][3]Scope{Both: {Both, Both, OpenCare}, NotStated: {Both, Authority, Both}} {
		rates := Rates([]Report{
			{Unit: "018001", Year: 2024, Figure: Opened, Count: CountOf(10), Scope: scopes[0]},
			{Unit: "018002", Year: 2024, Figure: Opened, Count: CountOf(10), Scope: scopes[1]},
			{Unit: "018003", Year: 2024, Figure: Opened, Count: SecretCount(), Scope: scopes[2]}, // not in the mean
		}, city)
		if rates[0].Unit != "0180" || rates[0].Scope != want {
			t.Errorf("the districts say %v; the city says %d, want %d", scopes, rates[0].Scope, want)
		}
	}
}

// "Resultaten i Kolada färgmarkeras inte (rött, gult och grönt) eftersom en sådan gradering kan
// bli missvisande." A rate has a number and a status, and nothing that says better or worse.
func TestWhyAreTheResultsNotColoured(t *testing.T) {
	for _, x := range ratesOf(t, "0114 2024 38712; 0180 2024 10", "0114 2024 57; 0180 2024 1000") {
		if s := x.Status(); s != Published && s != Missing {
			t.Errorf("%+v is marked", x)
		}
	}
}

// "Vi kan inte få ut uppgifter ur verksamhetssystemet, hur gör vi då? … rapportera in de
// uppgifter du kan!" A unit that reports nothing is missing, which is not zero.
func TestWeCannotGetItOutOfOurSystem(t *testing.T) {
	expectRates(t, ratesOf(t, "0114 2024 38712; 0115 2024 1000", "0114 2024 0"), map[string]string{"0114": "0.00", "0115": "saknas"})
}

// "Aktualiserade ärenden avser ärenden både inom öppenvård … såväl som myndighetsutövande
// verksamhet. Redovisa antal ärenden, inte unika individer."
func TestWhatIsMeantByOpening(t *testing.T) {
	var same []Case // six cases of one and the same person
	for range 6 {
		same = append(same, opened("2024-05-02"))
	}
	if n, _ := CountCases(same, 2024, ByGoal)[0].Count(Opened).Number(); n != 6 {
		t.Errorf("%d cases, want 6", n)
	}
	expectCounted(t, opened("2024-01-01"), map[int]string{2023: "", 2024: "1", 2025: ""})
	expectCounted(t, opened("2024-12-31"), map[int]string{2023: "", 2024: "1", 2025: ""})
}

// "Ett ärende kan bara aktualiseras ett år (nyckeltal ett). Ett ärenden kan få insatser under
// fler än ett år … Ett ärende kan bara avslutas under ett år (nyckeltal tre)."
func TestCanTheSameCaseBeInSeveralYears(t *testing.T) {
	c := with(opened("2021-12-30"), support("2022-01-05", ""), closed("2024-01-01", 2, 0))
	expectCounted(t, c, map[int]string{2020: "", 2021: "1", 2022: "2", 2023: "2", 2024: "23", 2025: ""})
	open := with(opened("2021-12-30"), support("2022-01-05", ""))
	expectCounted(t, open, map[int]string{2021: "1", 2022: "2", 2023: "2", 2030: "2"}) // still going
}

// "Ett ärende kan bara avslutas under ett år (nyckeltal tre)." A case that was closed, opened again and
// closed anew has one closing date, the one that stands (contract section 3: closed in the year). It
// counts in that year and no more in the first; support that goes on with the case counts in
// the years between too. While it is open again it counts as closed in none.
func TestACaseOpenedAgainBelongsToTheYearInWhichItWasClosedLast(t *testing.T) {
	c := with(opened("2022-03-01"), support("2022-03-20", ""))
	first, again, anew := with(c, closed("2022-11-30", 1, 1)), c, with(c, closed("2024-02-01", 1, 1))
	expectCounted(t, first, map[int]string{2022: "123", 2023: "", 2024: ""})
	expectCounted(t, again, map[int]string{2022: "12", 2023: "2", 2024: "2"})
	expectCounted(t, anew, map[int]string{2022: "12", 2023: "2", 2024: "23", 2025: ""})
}

// "Med insats avses både biståndsbeslutade insatser och icke biståndsbeslutade insatser,
// oavsett om de utförts i egen regi eller i extern regi". The rules know of neither.
func TestIsItOnlyDecidedSupport(t *testing.T) {
	f := reflect.TypeFor[Support]()
	for i := range f.NumField() {
		if name := f.Field(i).Name; name != "Began" && name != "Ended" {
			t.Errorf("the rules look at %s of a support", name)
		}
	}
}

// "I formuläret kryssar du i en ruta för sekretessmarkering om antalet är mellan 1 och 4 …
// Om antalet är noll ska du fylla i det, det spelar ingen roll för sekretessen."
func TestWeHaveFewCases(t *testing.T) {
	for n, want := range map[int]string{0: "0", 1: `"sekretess"`, 2: `"sekretess"`, 3: `"sekretess"`, 4: `"sekretess"`, 5: "5", 118: "118"} {
		if got, _ := CountOf(n).MarshalJSON(); string(got) != want {
			t.Errorf("%d is sent as %s, want %s", n, got, want)
		}
	}
	expectRates(t, ratesOf(t, "0114 2024 38712; 0115 2024 10000", "0114 2024 s; 0115 2024 0"), map[string]string{"0114": "sekretess", "0115": "0.00"})
}

// "Vi behöver sekretessmarkera för alla nyckeltal, ska vi skicka in ändå? Ja … där
// sekretessmarkeringen ändå indikera viktig information." Namely 1-4 cases, hence a span.
func TestAllThreeAreSecretAndStillSent(t *testing.T) {
	r := Return{Unit: "0114", Year: 2024, Counts: [3]Count{SecretCount(), SecretCount(), SecretCount()}}
	for _, x := range Rates(Reports([]Return{r}), populationOf("0114 2024 38712")) {
		low, high, ok := x.Span()
		if x.Status() != Secret || !ok || low.String() != "0.26" || high.String() != "1.03" {
			t.Errorf("%s, from %s to %s", x.Status(), low, high)
		}
	}
}

// "Kommande år sker inrapportering av uppgifter i april (när SCB har publicerat
// befolkningsdata för föregående år)." The adults are those of the year that is reported.
func TestThePopulationIsThatOfTheYear(t *testing.T) {
	rates := ratesOf(t, "0114 2023 10000; 0114 2024 20000", "0114 2024 10; 0114 2023 10")
	var got []string
	for _, x := range rates {
		if x.Figure == Opened {
			got = append(got, x.Rate.String())
		}
	}
	if strings.Join(got, " ") != "10.00 5.00" {
		t.Errorf("%v", got)
	}
}

// "Våldsutsatta brukare/klienter kan finnas i socialtjänstens övriga verksamheter … De kan
// komma med i statistiken, men bara om de också aktualiserats i IFO". Units are not for the
// rules to know: that doubt is added by who knows them.
func TestWhyOnlyIFO(t *testing.T) {
	for _, d := range Doubts(with(opened("2024-05-02"), age(NoAge)), 2024) {
		if d.Kind == OtherUnit || d.Kind == TwoUnits {
			t.Errorf("the rules guess %q", d.Kind)
		}
	}
}

// "Däremot kan antal ärenden för våld i nära och hedersrelaterat våld slås ihop och på så vis
// komma med i statistiken." Both count alike, and there are three key figures, not six.
func TestWhyNotFiguresOfTheirOwnForHonour(t *testing.T) {
	c := with(opened("2024-05-02"), support("2024-05-03", ""))
	for _, honour := range []int{0, 1, 2, 3} {
		c.Honour = honour
		expectCounted(t, c, map[int]string{2024: "12"})
	}
	if len(Figures) != 3 {
		t.Errorf("%d key figures", len(Figures))
	}
}

// "Personer som utsatts för prostitution eller människohandel för sexuella ändamål ingår inte.
// Däremot kan sexuellt våld ingå om det utövas av en närstående eller i hederskontext." Who
// that is somebody must judge: the case is doubtful.
func TestAreOthersThanThoseCloseIncluded(t *testing.T) {
	c := opened("2024-05-02")
	for _, x := range []struct {
		by     []int
		honour int
		doubt  bool
	}{
		{[]int{6}, 2, true}, {[]int{6}, 0, true}, {[]int{6}, 3, true}, {[]int{6}, 1, false},
		{[]int{2, 6}, 2, false}, {[]int{1}, 2, false}, {nil, 2, false},
	} {
		c.Perpetrators, c.Honour = x.by, x.honour
		if has := hasDoubt(c, 2024, NotClose); has != x.doubt {
			t.Errorf("violence by %v, honour %d: doubtful %v, want %v", x.by, x.honour, has, x.doubt)
		}
	}
	if c.Perpetrators = []int{6}; hasDoubt(c, 2025, NotClose) {
		t.Error("doubtful in a year in which it does not count")
	}
}

// "Varför är inte nyckeltalen uppdelade på kön?" Nothing that the rules ask of a case is its
// client's sex.
func TestWhyNotBySex(t *testing.T) {
	f := reflect.TypeFor[Case]()
	for i := range f.NumField() {
		if f.Field(i).Name == "Sex" {
			t.Error("the rules look at sex")
		}
	}
}
