// Package codebook is the program's only list of variables: what is asked, of whom,
// when, with which answers, and how answers are grouped in tables. Forms, checks,
// survey, exports, tables, diagrams, help texts and documents all follow from it.
//
// A codebook is a file (codebooks/*.yaml), read by [Read], which reports every fault
// with its line. The common variables are locked and versioned; another target group
// is another file. Nothing here knows files of answers, SQL or pages.
package codebook

import (
	"maps"
	"slices"
	"strconv"

	"foljsam/internal/locale"
)

// Text is one text in several languages.
type Text map[locale.Lang]string

// In gives the text in the language, in Swedish where that language has none.
func (t Text) In(l locale.Lang) string {
	if s := t[l]; s != "" {
		return s
	}
	return t[locale.Swedish]
}

// Codebook is one version of one target group's variables.
type Codebook struct {
	ID      string // "su-kvinnofrid"
	Version string // "2021"
	Title   Text
	Source  Text // where the variables and texts come from

	Phases    []PhaseName // the parts of a case, in order
	Survey    []int       // the numbers of the client's survey, in the order it asks
	Variables []*Variable // in the order in which they are asked
	Fields    []*Variable // what support and risk rows hold beside them: no number, a Column
	Scales    []Scale     // what the value of a risk assessment means
	Groupings []*Grouping // how diagrams group answers
	Checks    []Check     // what is odd between answers

	Local        []*Variable // what a register has added and asks; see Addition
	Retired      []*Variable // what it has added and no longer asks
	LocalVersion int         // 0: nothing has been added

	byNumber map[int]*Variable
	byRole   map[Role]*Variable
	byGroup  map[string]*Grouping
}

// Variable gives the variable with a number, nil if there is none.
func (c *Codebook) Variable(number int) *Variable { return c.byNumber[number] }

// Role gives the one variable that has a role, nil if none has.
func (c *Codebook) Role(r Role) *Variable { return c.byRole[r] }

// Grouping gives the grouping with an id, nil if there is none.
func (c *Codebook) Grouping(id string) *Grouping { return c.byGroup[id] }

// Scale gives the scale with an id, nil if there is none.
func (c *Codebook) Scale(id string) *Scale {
	for i := range c.Scales {
		if c.Scales[i].ID == id {
			return &c.Scales[i]
		}
	}
	return nil
}

// OnScale tells whether a value may stand on a scale: one with levels has no others. Nothing
// may stand on any, and anything while no scale is chosen.
func (c *Codebook) OnScale(scale, value string) bool {
	s := c.Scale(scale)
	return value == "" || s == nil || len(s.Levels) == 0 ||
		slices.ContainsFunc(s.Levels, func(l ScaleLevel) bool { return strconv.Itoa(l.Value) == value })
}

// Field gives what a row of a level holds in a column beside the numbered variables, nil if
// there is no such column. Local variables are such columns of a case, retired ones too.
func (c *Codebook) Field(l Level, column string) *Variable {
	for _, all := range [][]*Variable{c.Fields, c.Local, c.Retired} {
		for _, v := range all {
			if v.Level == l && v.Column == column {
				return v
			}
		}
	}
	return nil
}

// Phase gives what a part of the case is called; nil if the codebook does not have it.
func (c *Codebook) Phase(id Phase) Text {
	for _, p := range c.Phases {
		if p.ID == id {
			return p.Label
		}
	}
	return nil
}

// SurveyLanguages gives the languages that the whole survey can be asked in: those of staff
// first, then the others in the order of their codes. Empty where there is no survey.
func (c *Codebook) SurveyLanguages() []locale.Lang {
	in := map[locale.Lang]int{}
	for _, n := range c.Survey {
		for l := range c.Variable(n).Wording {
			in[l]++
		}
	}
	var all []locale.Lang
	for _, l := range append(slices.Clone(locale.Staff), slices.Sorted(maps.Keys(in))...) {
		if len(c.Survey) > 0 && in[l] == len(c.Survey) && !slices.Contains(all, l) {
			all = append(all, l)
		}
	}
	return all
}

// Origin says who made a variable or a code.
type Origin string

const (
	SUV     Origin = "suv"     // Socialstyrelsen's form SUV-våldsutsatthet
	Project Origin = "projekt" // made within SU-Kvinnofrid (* in Bilaga 2)
	Local   Origin = "lokal"   // added by a municipality or a county
)

// Phase is the part of the case that a variable belongs to.
type Phase string

const (
	Background Phase = "bakgrund"
	Before     Phase = "fore"
	During     Phase = "under"
	After      Phase = "efter"
	Survey     Phase = "brukare"
)

// PhaseName is a part of a case and what it is called.
type PhaseName struct {
	ID    Phase
	Label Text
}

// Kind is the form that answers to a variable have. Each kind is a file kind_*.go.
type Kind string

const (
	One    Kind = "ett"    // one code of a list
	Many   Kind = "flera"  // any codes of a list
	Number Kind = "tal"    // a whole number between Min and Max
	Date   Kind = "datum"  // a day
	Free   Kind = "text"   // what somebody wrote
	Place  Kind = "plats"  // a municipality or district
	Key    Kind = "nyckel" // something that identifies at home and is a pseudonym elsewhere
)

// Level says which row of a case holds a variable.
type Level string

const (
	OfCase    Level = "arende"
	OfSupport Level = "insats" // zero or more rows a case
	OfRisk    Level = "risk"   // zero or more rows a case
)

// Role is what the program itself uses a variable for, so that no code needs its number.
type Role string

const (
	Activity      Role = "verksamhet"
	Municipality  Role = "kommun"
	Caseworker    Role = "handlaggare"
	Client        Role = "klient"
	Intake        Role = "aktualisering"
	Sex           Role = "kon"
	Age           Role = "alder"
	Disability    Role = "funktionsnedsattning"
	Origins       Role = "ursprung"
	Children      Role = "barn"
	Initiative    Role = "initiativ"
	Perpetrator   Role = "utovare"
	Honour        Role = "heder"
	Severity      Role = "grad"
	Risk          Role = "risk"
	Goal          Role = "mal"
	RiskAssessed  Role = "risk_datum"
	RiskNext      Role = "risk_nasta"
	SupportBegan  Role = "insats_start"
	SupportTill   Role = "insats_slut"
	Support       Role = "insats"
	SupportBasis  Role = "insats_grund"
	Collaboration Role = "samverkan"
	Carried       Role = "genomforande"
	GoalReached   Role = "maluppfoljning"
	Closing       Role = "avslut"
	ClosingReason Role = "avslutsorsak"
	Change        Role = "forandring"
	Meaning       Role = "betydelse"
	Positive      Role = "positivt"
	Influence     Role = "delaktighet"
	Proposals     Role = "forslag"
)

// Variable is one question.
type Variable struct {
	Number     int    // Socialstyrelsen's number in SUV; 0 for a field of a row
	Column     string // a field's column in an extract ("slut", "regi"); empty for a variable
	Origin     Origin
	Role       Role // empty where the program has no use of its own for it
	Phase      Phase
	Level      Level
	Kind       Kind
	Heading    Text   // heading of the form above the question; empty: stands under the previous one
	Name       Text   // the variable's name in Bilaga 2: "Våldets grad övergripande"
	Label      Text   // a few words, for tables and lists: "Kön"
	Question   Text   // as Bilaga 2 puts it
	Wording    Text   // as the client's survey puts it; empty where it is not in the survey
	Help       Text   // empty where the source documents give no explanation: never invented
	HelpSource Text   // where the help is from
	Note       Text   // what the register itself has added to the help of a common variable
	Answer     *Code  // what Bilaga 2 lists where there is nothing to choose: "Fritext", "ÅÅÅÅ-MM-DD", "Kommun*"
	Codes      []Code // One and Many
	Noted      *Code  // code 0, a noted "none", where that is an answer (collaboration)
	Comment    bool   // a comment is possible beside the answer
	Repeated   bool   // recorded again during the case (risk)
	Decimals   bool   // Number: with decimals, and any size
	Min, Max   int    // Number
	Home       bool   // a field that is asked at home and is in no extract
	Retired    bool   // a local variable that is no longer asked
	When       string // a local variable: the rule (see check.go) that must hold for it to concern a case
	key        string // see Key; made when the codebook is read
	when       []clause
	Like       Role // a field with the same answers to choose from as the variable with this role
}

// Key gives what a field of a case is called where answers are kept: the variable's number
// ("14"), or the column of a field ("slut").
func (v *Variable) Key() string {
	if v.key != "" {
		return v.key
	}
	if v.Column != "" {
		return v.Column
	}
	return strconv.Itoa(v.Number)
}

// The columns of the fields that the register itself asks for. All stay at home.
const (
	PerpetratorAtClosing = "utovare_vid_avslut" // asked again at closing; the first answer stands
	Exclusion            = "uteslut"            // why a case is not of the target group
	Discuss              = "diskutera"          // what the group should talk about
	OwnEstimate          = "egen_skattning"     // the client's own estimate of the risk
	ScaleFrom            = "skala_fran"         // the ends of a free scale
	ScaleTill            = "skala_till"
	NextAssessment       = "nasta"
	AssessedOn           = "datum"
	AssessedIn           = "fas"
	Estimate             = "skattning"
	SupportEnded         = "slut"
	SupportProvider      = "regi"
)

// Code is one answer of a list.
type Code struct {
	Code       int
	ID         string // the word that a file has instead of the code ("fore"); mostly empty
	Label      Text
	Short      Text // for narrow places; empty where Label is short enough
	Help       Text
	HelpSource Text // where the help is from
	Origin     Origin
	Exclusive  bool   // cannot be combined with other codes ("Nej", "Vet ej")
	Unknown    bool   // "vet inte": an answer, not a missing one
	Comment    bool   // the answer itself asks for a comment
	Retired    bool   // of a local variable: no longer offered, never used for anything else
	Scale      string // id of the Scale that the instrument's values have
}

// Brief gives the short label, the whole one where there is no short one.
func (c Code) Brief() Text {
	if len(c.Short) > 0 {
		return c.Short
	}
	return c.Label
}

// Scale says what the value of a risk assessment means. Values are compared only within
// one instrument. The ends of a scale that the sources do not give are not here.
type Scale struct {
	ID     string // Points, Ordinal or FreeScale
	Label  Text
	Levels []ScaleLevel // Ordinal: the words and the numbers that stand for them
}

// The scales.
const (
	Points    = "poang"
	Ordinal   = "ordinal"
	FreeScale = "fri"
)

// ScaleLevel is one step of an ordinal scale.
type ScaleLevel struct {
	Value int
	Label Text
}

// Grouping is a division of a variable's answers that diagrams use.
type Grouping struct {
	ID     string // "alder", "initiativ", "dagar" …
	Of     int    // the variable's number; 0 for a number that is counted from a case
	Counts string // when Of is 0: "dagar" (closing − intake), "parter" (codes of collaboration)
	Label  Text
	Groups []Group
}

// Group is one class of a grouping: codes, or a span of numbers with both ends in it.
type Group struct {
	ID    string
	Label Text
	Codes []int
	From  *int
	Till  *int // nil with From set: and more
}

// Check is something odd between answers: worth a warning at entry, never a reason to
// leave a row out.
type Check struct {
	ID   string
	Rule string // see check.go for the small language
	Text Text

	clauses []clause
}
