package variables

import (
	"errors"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/web/visit"
)

// typed is a variable as it was typed.
type typed struct {
	Name                      string // the column without its prefix
	Phase, Kind               string
	Label, LabelEnglish       string
	Question, QuestionEnglish string
	Help, HelpEnglish, Source string
	Comment, Decimals         bool
	Min, Max                  string
	When, WhenCodes           string
	Rows                      []CodeRow
	faults                    []typedFault
}

// typedFault is what is wrong in one field.
type typedFault struct {
	field string
	err   error
}

func (t *typed) say(field, key string, args ...any) {
	if !slices.ContainsFunc(t.faults, func(f typedFault) bool { return f.field == field }) {
		t.faults = append(t.faults, typedFault{field, fault.New(fault.Invalid, key, args...)})
	}
}

// How many empty rows for answers a page has: the first time, and each time more are asked for.
const (
	firstRows = 5
	moreRows  = 5
)

func (t *typed) more() {
	for range moreRows {
		t.Rows = append(t.Rows, CodeRow{})
	}
}

func itoa(n int) string { return strconv.Itoa(n) }

func rowField(i int) string { return "svar-" + itoa(i+1) }

// typedOf gives a variable as the page shows it; nil is a new one.
func typedOf(v *codebook.Variable) *typed {
	t := &typed{}
	if v == nil {
		t.more()
		return t
	}
	sv, en := locale.Swedish, locale.English
	t = &typed{
		Phase: string(v.Phase), Kind: string(v.Kind), Label: v.Label[sv], LabelEnglish: v.Label[en], Question: v.Question[sv], QuestionEnglish: v.Question[en],
		Help: v.Help[sv], HelpEnglish: v.Help[en], Source: v.HelpSource[sv], Comment: v.Comment, Decimals: v.Decimals,
	}
	if v.Kind == codebook.Number && !v.Decimals {
		t.Min, t.Max = itoa(v.Min), itoa(v.Max)
	}
	if words := strings.Fields(v.When); len(words) == 3 {
		t.When, t.WhenCodes = words[0], strings.ReplaceAll(words[2], codebook.ListDelimiter, ", ")
	}
	for _, c := range v.Codes {
		t.Rows = append(t.Rows, CodeRow{Code: itoa(c.Code), Swedish: c.Label[sv], English: c.Label[en], Exclusive: c.Exclusive, Unknown: c.Unknown, Retired: c.Retired})
	}
	for range 3 {
		t.Rows = append(t.Rows, CodeRow{})
	}
	return t
}

// mostRows is how many rows a form may bring.
const mostRows = codebook.MostLocalCodes + 20

func readTyped(posted url.Values) *typed {
	get := func(name string) string { return visit.Written(posted, name) }
	t := &typed{
		Name: get("namn"), Phase: get("fas"), Kind: get("slag"), Label: get("etikett"), LabelEnglish: get("etikett.en"), Question: get("fraga"), QuestionEnglish: get("fraga.en"),
		Help: get("hjalp"), HelpEnglish: get("hjalp.en"), Source: get("kalla"), Comment: posted.Has("kommentar"), Decimals: posted.Has("decimaler"),
		Min: get("minst"), Max: get("mest"), When: get("nar"), WhenCodes: get("nar.svar"),
	}
	for i := 1; i <= mostRows && posted.Has("svar."+itoa(i)); i++ {
		n := "." + itoa(i)
		t.Rows = append(t.Rows, CodeRow{Code: get("kod" + n), Swedish: get("svar" + n), English: get("svar.en" + n), Exclusive: posted.Has("ensam" + n), Unknown: posted.Has("vetinte" + n), Retired: posted.Has("avvecklat" + n)})
	}
	return t
}

var columnName = regexp.MustCompile(`^[a-z0-9]+(_[a-z0-9]+)*$`)

// variable makes a variable of what was typed. What the page does not ask of an old one stands.
func (t *typed) variable(old *codebook.Variable, prefix string) *codebook.Variable {
	v := &codebook.Variable{Origin: codebook.Local, Level: codebook.OfCase}
	if old != nil {
		x := *old
		v = &x
	} else {
		v.Column = prefix + "_" + t.Name
		if !columnName.MatchString(t.Name) {
			t.say("namn", "variables.name_wrong")
		}
	}
	t.need("etikett", t.Label, "variables.label_missing")
	t.need("fraga", t.Question, "variables.question_missing")
	t.need("fas", t.Phase, "variables.phase_missing")
	t.need("slag", t.Kind, "variables.kind_missing")
	v.Phase, v.Kind, v.Comment = codebook.Phase(t.Phase), codebook.Kind(t.Kind), t.Comment
	v.Label, v.Question = text(v.Label, t.Label, t.LabelEnglish), text(v.Question, t.Question, t.QuestionEnglish)
	v.Name = v.Label
	v.Help = text(v.Help, t.Help, t.HelpEnglish)
	if t.Source != v.HelpSource[locale.Swedish] {
		v.HelpSource = text(nil, t.Source, "")
	}
	t.numbers(v)
	t.codes(v)
	t.condition(v)
	return v
}

func (t *typed) need(field, value, key string) {
	if value == "" {
		t.say(field, key)
	}
}

// text puts what staff wrote in their two languages in place; other languages stand.
func text(old codebook.Text, swedish, english string) codebook.Text {
	x := codebook.Text{}
	for l, s := range old {
		x[l] = s
	}
	for l, s := range map[locale.Lang]string{locale.Swedish: swedish, locale.English: english} {
		if x[l] = s; s == "" {
			delete(x, l)
		}
	}
	if len(x) == 0 || x[locale.Swedish] == "" {
		return nil
	}
	return x
}

func (t *typed) numbers(v *codebook.Variable) {
	v.Min, v.Max, v.Decimals = 0, 0, false
	if v.Kind != codebook.Number {
		return
	}
	if v.Decimals = t.Decimals; v.Decimals {
		return
	}
	var err1, err2 error
	v.Min, err1 = strconv.Atoi(t.Min)
	v.Max, err2 = strconv.Atoi(t.Max)
	if err1 != nil || err2 != nil || v.Min >= v.Max || v.Min < -999999 || v.Max > 999999 {
		t.say("minst", "variables.span_wrong")
	}
}

// codes gives new answers the next numbers; a number is never used again. A row that was
// emptied is taken away, which app refuses where the answer is published.
func (t *typed) codes(v *codebook.Variable) {
	var all []codebook.Code
	last := 0
	for _, c := range v.Codes {
		last = max(last, c.Code)
	}
	for i, r := range t.Rows {
		if r.Swedish == "" {
			if r.English != "" {
				t.say(rowField(i), "variables.answer_swedish")
			}
			continue
		}
		c := codebook.Code{Origin: codebook.Local}
		if n, err := strconv.Atoi(r.Code); err == nil && v.Code(n) != nil {
			c = *v.Code(n)
		} else {
			last++
			c.Code = last
		}
		c.Label, c.Exclusive, c.Unknown, c.Retired = text(c.Label, r.Swedish, r.English), r.Exclusive && v.Kind == codebook.Many, r.Unknown, r.Retired
		all = append(all, c)
	}
	v.Codes = nil
	if v.Kind != codebook.One && v.Kind != codebook.Many {
		return
	}
	if v.Codes = all; len(all) < 2 {
		t.say(rowField(min(len(all), max(0, len(t.Rows)-1))), "variables.answers_few")
	}
}

var commonCodes = regexp.MustCompile(`^[0-9]+( *[,|] *[0-9]+)*$`)

func (t *typed) condition(v *codebook.Variable) {
	v.When = ""
	if t.When == "" {
		return
	}
	if !commonCodes.MatchString(t.WhenCodes) {
		t.say("nar", "variables.when_codes")
		return
	}
	v.When = t.When + " is " + strings.NewReplacer(" ", "", ",", codebook.ListDelimiter).Replace(t.WhenCodes)
}

// refused puts what could not stand at its field. Any other error is given back.
func (t *typed) refused(v *codebook.Variable, err error) error {
	not := new(app.NotPossible)
	if !errors.As(err, &not) {
		return err
	}
	for _, p := range not.Problems {
		t.say(t.fieldOf(v, p), p.Key, p.Args...)
	}
	if len(t.faults) == 0 {
		return err
	}
	return nil
}

var part = regexp.MustCompile(`^variables\[\d+\]\.?([a-z_]*)(?:\[(\d+)\])?`)

// fieldOf gives the field of the page that a problem is about: by the part of the file, or,
// of what breaks with what is published, by the answer's code.
func (t *typed) fieldOf(v *codebook.Variable, p fault.Problem) string {
	if p.Column == v.Column {
		for i, r := range t.Rows {
			if r.Code == itoa(p.Row) {
				return rowField(i)
			}
		}
		return map[string]string{"variables.next_span": "minst", "variables.next_kind": "slag"}[p.Key]
	}
	m := part.FindStringSubmatch(p.Column)
	if m == nil {
		return "etikett"
	}
	if n, _ := strconv.Atoi(m[2]); m[1] == "codes" && n > 0 && n <= len(v.Codes) {
		for i, r := range t.Rows {
			if r.Swedish == v.Codes[n-1].Label[locale.Swedish] {
				return rowField(i)
			}
		}
	}
	if f, ok := map[string]string{"column": "namn", "question": "fraga", "kind": "slag", "phase": "fas", "help": "hjalp", "help_source": "kalla", "min": "minst", "max": "minst", "when": "nar", "codes": rowField(0)}[m[1]]; ok {
		return f
	}
	return "etikett"
}
